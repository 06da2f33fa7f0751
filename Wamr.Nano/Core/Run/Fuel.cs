// SPDX-License-Identifier: MIT
// Fuel and termination. A run takes fuel in slices, and counts down at each back edge and call. Between slices, and during work of host
// functions, it checks the terminate flag and calls the hook that watches the run.
using System.Runtime.CompilerServices;

namespace Wamr.Nano.Core.Run;

internal static unsafe class Fuel
{
    /// <summary>Work without a poll costs one unit per this many bytes.</summary>
    internal const uint BytesPerUnit = 64;

    /// <summary>Units between two checks.</summary>
    private const int Slice = 1024;

    /// <summary>
    /// A poll: pays what is due, and takes the next slice. Returns what is left of that slice, or less than 0 if the run must stop.
    /// </summary>
    /// <param name="env">The environment.</param>
    /// <param name="budget">
    /// What is left of the previous slice, below 0. -1 pays for this poll; more is due if a loop is long or locals are many.
    /// </param>
    [MethodImpl(MethodImplOptions.NoInlining)] // polls are rare, and inlining would enlarge every place
    internal static int Poll(ExecEnv* env, int budget)
    {
        env->Budget = 0;
        if (budget < -1) Charge(env, (uint)(-1 - budget));
        return Take(env) - 1;
    }

    /// <summary>Takes the next slice; 0 if the run must stop.</summary>
    internal static int Take(ExecEnv* env)
    {
        if (!Look(env)) return 0;
        if (env->FuelLimited == 0) return Slice;
        int slice = env->Fuel < Slice ? (int)env->Fuel : Slice;
        env->Fuel -= (uint)slice;
        return slice;
    }

    /// <summary>Checks the run: the clock, <see cref="Runtime.Watch"/> and the terminate flag. False if the run must end.</summary>
    internal static bool Look(ExecEnv* env)
    {
        Runtime* rt = env->Instance->Runtime;
        if (rt->Watch != null) rt->Watch(env);
        if (env->Deadline != 0 && env->Terminate == ExecEnv.GoOn && Now(rt) >= env->Deadline) env->Terminate = ExecEnv.TimeIsUp;
        return env->Terminate == ExecEnv.GoOn;
    }

    /// <summary>The time of the clock that deadlines use, in nanoseconds.</summary>
    internal static ulong Now(Runtime* rt)
    {
        const uint monotonic = 1;
        return rt->Platform.Clock == null ? 0 : rt->Platform.Clock(rt->Platform.Context, monotonic);
    }

    /// <summary>Why <see cref="Take"/> returned 0. A run that only lacks fuel can be resumed.</summary>
    internal static WasmError Stop(ExecEnv* env)
    {
        WasmError error = Reason(env);
        if (error == WasmError.FuelExhausted) env->Suspended = 1;
        return error;
    }

    /// <summary>Like <see cref="Stop"/>, for a run that cannot be resumed.</summary>
    internal static WasmError Reason(ExecEnv* env) => env->Terminate switch
    {
        ExecEnv.GoOn => WasmError.FuelExhausted,
        ExecEnv.TimeIsUp => WasmError.TimeExceeded,
        _ => WasmError.Terminated,
    };

    /// <summary>
    /// Takes fuel for work without a poll: first from the slice, which is in <see cref="ExecEnv.Budget"/>, then from the rest, and no more
    /// than there is. The next poll finds the slice used up, and so also checks the terminate flag.
    /// </summary>
    internal static void Charge(ExecEnv* env, uint units)
    {
        uint slice = env->Budget > 0 ? (uint)env->Budget : 0;
        if (units < slice)
        {
            env->Budget -= (int)units;
            return;
        }
        // A value below 0 is a unit that the next poll takes.
        if (env->Budget > 0) env->Budget = 0;
        units -= slice;
        if (env->FuelLimited != 0) env->Fuel -= units < env->Fuel ? units : env->Fuel;
    }

    /// <summary>
    /// Pays for a piece of a host function's work, one unit per 64 bytes or part of them, and checks the run. If an app decides how much
    /// work a host function does, the function works in pieces. It ends early if this returns false, because the run must end or has no
    /// fuel left.
    /// </summary>
    internal static bool Work(ExecEnv* env, uint bytes)
    {
        Charge(env, bytes / BytesPerUnit + 1);
        return Look(env) && MayWork(env);
    }

    /// <summary>Whether the run may continue, and has fuel left.</summary>
    internal static bool MayWork(ExecEnv* env) =>
        env->Terminate == ExecEnv.GoOn && (env->FuelLimited == 0 || env->Fuel != 0 || env->Budget > 0);

    /// <summary>
    /// Pays one unit for a call that an engine does not count itself, and polls. Calls from code to the host, or to code of another engine,
    /// use this after they return. Calls from a host function into code use it before they begin. Such calls cannot be suspended.
    /// </summary>
    internal static WasmError Call(ExecEnv* env)
    {
        if (env->FuelLimited != 0) GiveBack(env);
        if (!Look(env) || (env->FuelLimited != 0 && env->Fuel == 0)) return Reason(env);
        if (env->FuelLimited != 0) env->Fuel--;
        return WasmError.None;
    }

    /// <summary>Returns the unused part of a slice, so that the fuel left is exact after the run.</summary>
    internal static void GiveBack(ExecEnv* env)
    {
        if (env->FuelLimited != 0 && env->Budget > 0) env->Fuel += (uint)env->Budget;
        env->Budget = 0;
    }
}
