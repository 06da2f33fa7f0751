// SPDX-License-Identifier: MIT
// WASI clocks: clock_res_get, clock_time_get.
namespace Wamr.Nano.Core;

internal static unsafe class WasiClock
{
    internal const uint Realtime = 0, Monotonic = 1, ProcessCpuTime = 2, ThreadCpuTime = 3;

    /// <summary>(clock, address of nanoseconds).</summary>
    internal static Errno ResGet(ExecEnv* env, uint* a)
    {
        byte* result;
        Errno error = Check(env, a[0]);
        if (error != Errno.Success) return error;
        if (!WasiMemory.Range(env, a[1], 8, &result)) return Errno.Fault;
        uint resolution = env->Instance->Runtime->Platform.ClockResolution;
        Raw.Store64(result, resolution == 0 ? 1 : resolution);
        return Errno.Success;
    }

    /// <summary>(clock, precision: 64 bits in two slots, address of nanoseconds).</summary>
    internal static Errno TimeGet(ExecEnv* env, uint* a)
    {
        byte* result;
        Errno error = Check(env, a[0]);
        if (error != Errno.Success) return error;
        if (!WasiMemory.Range(env, a[3], 8, &result)) return Errno.Fault;
        Raw.Store64(result, Now(env, a[0]));
        return Errno.Success;
    }

    /// <summary>Whether there is such a clock.</summary>
    internal static Errno Check(ExecEnv* env, uint clock)
    {
        if (clock > ThreadCpuTime) return Errno.Invalid;
        return clock > Monotonic ? Errno.NotSupported : Errno.Success;
    }

    /// <summary>Nanoseconds of a clock that there is.</summary>
    internal static ulong Now(ExecEnv* env, uint clock)
    {
        Platform* platform = &env->Instance->Runtime->Platform;
        return platform->Clock == null ? 0 : platform->Clock(platform->Context, clock);
    }
}
