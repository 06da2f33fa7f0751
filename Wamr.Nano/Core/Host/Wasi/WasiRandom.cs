// SPDX-License-Identifier: MIT
// WASI random numbers: random_get.
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.Run;

namespace Wamr.Nano.Core.Host.Wasi;

internal static unsafe class WasiRandom
{
    /// <summary>Bytes between two looks at whether the run is to end.</summary>
    private const uint Piece = 256;

    /// <summary>(buffer, length). ENOSYS where the board has no source: a program had better know.</summary>
    internal static Errno Get(ExecEnv* env, uint* a)
    {
        byte* buffer;
        if (!WasiMemory.Range(env, a[0], a[1], &buffer)) return Errno.Fault;
        PlatformHooks* platform = &env->Instance->Runtime->Platform;
        if (platform->Random == null) return Errno.NoSystem;
        // A run that lacks fuel gets all it asked for, as memory.fill gives it: the poll behind the call is where it ends.
        for (uint at = 0, size; at < a[1]; at += size)
        {
            size = a[1] - at < Piece ? a[1] - at : Piece;
            if (platform->Random(platform->Context, buffer + at, size) == 0) return Errno.InputOutput;
            if (!Fuel.Work(env, size) && env->Terminate != ExecEnv.GoOn) break;
        }
        return Errno.Success;
    }
}
