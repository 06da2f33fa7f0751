// SPDX-License-Identifier: MIT
// Memory inside the app's linear memory, given out by its own allocator or by the app heap.
using System;

namespace Wamr.Nano;

public sealed partial class NanoInstance
{
    /// <summary>
    /// Allocates memory in the app's linear memory. If the app exports an allocator (<c>malloc</c>), this calls it in
    /// <see cref="ExecEnv"/>. Otherwise the block comes from the app heap: see <see cref="NanoInstanceOptions.HeapBytes"/>.
    /// </summary>
    /// <param name="size">Size in bytes.</param>
    /// <returns>The address in linear memory, never 0. Free it with <see cref="AppFree"/>.</returns>
    /// <exception cref="WasmException">
    /// There is neither an allocator nor an app heap (WN6007), no room (WN2001), or the app's allocator trapped.
    /// </exception>
    public uint AppAlloc(uint size) => ExecEnv.AppAlloc(size);

    /// <summary>Frees memory from <see cref="AppAlloc"/> or <see cref="AppCopy"/>.</summary>
    /// <param name="address">Address in linear memory; 0 is allowed and does nothing.</param>
    /// <exception cref="WasmException">The address is not that of such a block, or the app's allocator trapped.</exception>
    public void AppFree(uint address) => ExecEnv.AppFree(address);

    /// <summary>Copies bytes to newly allocated memory of the app.</summary>
    /// <param name="bytes">The bytes to copy. They must not be part of the app's memory, which the allocation may move.</param>
    /// <returns>The address in linear memory. Free it with <see cref="AppFree"/>.</returns>
    /// <exception cref="WasmException">As for <see cref="AppAlloc"/>.</exception>
    /// <example>
    /// <code>
    /// uint address = app.AppCopy("hello"u8);
    /// app.GetAction&lt;uint, int&gt;("print")(address, 5);
    /// app.AppFree(address);
    /// </code>
    /// </example>
    public uint AppCopy(ReadOnlySpan<byte> bytes)
    {
        uint address = AppAlloc((uint)bytes.Length);
        bytes.CopyTo(Memory.Slice(address, (uint)bytes.Length));
        return address;
    }
}
