// SPDX-License-Identifier: MIT
// WASI clocks: clock_res_get, clock_time_get.
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.Run;

namespace Wamr.Nano.Core.Host.Wasi;

internal static unsafe class WasiClock
{
    internal const uint Realtime = 0, Monotonic = 1;

    /// <summary>(clock, address of nanoseconds).</summary>
    internal static Errno ResGet(ExecEnv* env, uint* a)
    {
        byte* result;
        if (!Exists(a[0])) return Errno.Invalid;
        if (!WasiMemory.Range(env, a[1], 8, &result)) return Errno.Fault;
        uint resolution = env->Instance->Runtime->Platform.ClockResolution;
        Raw.Store64(result, resolution == 0 ? 1 : resolution);
        return Errno.Success;
    }

    /// <summary>(clock, precision: 64 bits in two slots, address of nanoseconds).</summary>
    internal static Errno TimeGet(ExecEnv* env, uint* a)
    {
        byte* result;
        if (!Exists(a[0])) return Errno.Invalid;
        if (!WasiMemory.Range(env, a[3], 8, &result)) return Errno.Fault;
        Raw.Store64(result, Now(env, a[0]));
        return Errno.Success;
    }

    /// <summary>Whether the clock exists. There are no clocks of processor time; for these, functions return EINVAL.</summary>
    internal static bool Exists(uint clock) => clock <= Monotonic;

    /// <summary>The time of an existing clock in nanoseconds.</summary>
    internal static ulong Now(ExecEnv* env, uint clock)
    {
        PlatformHooks* platform = &env->Instance->Runtime->Platform;
        return platform->Clock == null ? 0 : platform->Clock(platform->Context, clock);
    }
}
