// SPDX-License-Identifier: MIT
// Memory inside the app's linear memory, given out by its own allocator or by the app heap.
using System;

namespace Wamr.Nano;

public sealed partial class NanoInstance
{
    /// <summary>
    /// Allocates memory the app can see: with the malloc it exports, run in <see cref="ExecEnv"/>, otherwise from its app heap.
    /// </summary>
    /// <param name="size">Bytes.</param>
    /// <returns>App address, never 0.</returns>
    /// <exception cref="WasmException">There is no allocator and no app heap, no room, or the app's allocator trapped.</exception>
    public uint AppAlloc(uint size) => ExecEnv.AppAlloc(size);

    /// <summary>Gives memory of <see cref="AppAlloc"/> back.</summary>
    /// <param name="address">App address; 0 is allowed.</param>
    /// <exception cref="WasmException">It is not the address of such memory, or the app's allocator trapped.</exception>
    public void AppFree(uint address) => ExecEnv.AppFree(address);

    /// <summary>Copies bytes to new memory of the app.</summary>
    /// <param name="bytes">What to copy; no part of the app's memory, which the allocation may move.</param>
    /// <returns>App address; give it back by <see cref="AppFree"/>.</returns>
    /// <exception cref="WasmException">As <see cref="AppAlloc"/>.</exception>
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
