// SPDX-License-Identifier: MIT
// WASI random numbers: random_get.
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.Run;

namespace Wamr.Nano.Core.Host.Wasi;

internal static unsafe class WasiRandom
{
    /// <summary>(buffer, length). ENOSYS where the board has no source: a program had better know.</summary>
    internal static Errno Get(ExecEnv* env, uint* a)
    {
        byte* buffer;
        if (!WasiMemory.Range(env, a[0], a[1], &buffer)) return Errno.Fault;
        PlatformHooks* platform = &env->Instance->Runtime->Platform;
        if (platform->Random == null) return Errno.NoSystem;
        return a[1] == 0 || platform->Random(platform->Context, buffer, a[1]) != 0 ? Errno.Success : Errno.InputOutput;
    }
}
