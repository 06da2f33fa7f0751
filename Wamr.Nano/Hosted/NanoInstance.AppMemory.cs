// SPDX-License-Identifier: MIT
// Memory inside the app's linear memory, given out by its own allocator or by the app heap.
using System;
using Wamr.Nano.Core;

namespace Wamr.Nano;

public sealed unsafe partial class NanoInstance
{
    /// <summary>
    /// Allocates memory the app can see: with the malloc it exports, run in <see cref="ExecEnv"/>, otherwise from its app heap.
    /// </summary>
    /// <param name="size">Bytes.</param>
    /// <returns>App address, never 0.</returns>
    /// <exception cref="WasmException">There is no allocator and no app heap, no room, or the app's allocator trapped.</exception>
    public uint AppAlloc(uint size)
    {
        uint address;
        ExecEnv* env = ExecEnv.Ready();
        Instance* running = ExecEnv.Enter(env);
        CheckApp(env, running, AppMemory.Malloc(env, size, &address));
        return address;
    }

    /// <summary>Gives memory of <see cref="AppAlloc"/> back.</summary>
    /// <param name="address">App address; 0 is allowed.</param>
    /// <exception cref="WasmException">It is not the address of such memory, or the app's allocator trapped.</exception>
    public void AppFree(uint address)
    {
        ExecEnv* env = ExecEnv.Ready();
        Instance* running = ExecEnv.Enter(env);
        CheckApp(env, running, AppMemory.Free(env, address));
    }

    /// <summary>Copies bytes to new memory of the app.</summary>
    /// <param name="bytes">What to copy.</param>
    /// <returns>App address; give it back by <see cref="AppFree"/>.</returns>
    /// <exception cref="WasmException">As <see cref="AppAlloc"/>.</exception>
    public uint AppCopy(ReadOnlySpan<byte> bytes)
    {
        uint address;
        ExecEnv* env = ExecEnv.Ready();
        Instance* running = ExecEnv.Enter(env);
        fixed (byte* p = bytes) CheckApp(env, running, AppMemory.DupData(env, p, (uint)bytes.Length, &address));
        return address;
    }

    private void CheckApp(ExecEnv* env, Instance* running, WasmError error)
    {
        NanoExecEnv.Leave(env, running);
        if (error == WasmError.FuelExhausted) ExecEnv.Abandon();
        if (WasmException.IsTrapCode(error)) throw ExecEnv.Failure(error);
        Module.Runtime.Check(error);
    }
}
