// SPDX-License-Identifier: MIT
// WASI random numbers: random_get.
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.Run;

namespace Wamr.Nano.Core.Host.Wasi;

internal static unsafe class WasiRandom
{
    /// <summary>The number of bytes between two checks of the run.</summary>
    private const uint Piece = 256;

    /// <summary>(buffer, length). ENOSYS if the board has no source, because a program must know that.</summary>
    internal static Errno Get(ExecEnv* env, uint* a)
    {
        byte* buffer;
        if (!WasiMemory.Range(env, a[0], a[1], &buffer)) return Errno.Fault;
        PlatformHooks* platform = &env->Instance->Runtime->Platform;
        if (platform->Random == null) return Errno.NoSystem;
        // If fuel runs out, the buffer is still filled completely, as by memory.fill. The run ends at the poll after the call.
        for (uint at = 0, size; at < a[1]; at += size)
        {
            size = a[1] - at < Piece ? a[1] - at : Piece;
            if (platform->Random(platform->Context, buffer + at, size) == 0) return Errno.InputOutput;
            if (!Fuel.Work(env, size) && env->Terminate != ExecEnv.GoOn) break;
        }
        return Errno.Success;
    }
}
