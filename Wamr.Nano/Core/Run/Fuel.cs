// SPDX-License-Identifier: MIT
// Fuel and termination. A run takes fuel in slices and counts one down at each back edge and call. Between slices, and wherever the host
// works for it, it looks at the terminate flag, and lets whoever watches the run look at it.
using System.Runtime.CompilerServices;

namespace Wamr.Nano.Core.Run;

internal static unsafe class Fuel
{
    /// <summary>Bytes of work without a poll that cost as much as a back edge.</summary>
    internal const uint BytesPerUnit = 64;

    /// <summary>Units between two looks.</summary>
    private const int Slice = 1024;

    /// <summary>
    /// A poll: pays for what is below 0, and takes the next slice. What is left of that, or less than 0 when the run must stop.
    /// </summary>
    /// <param name="env">The environment.</param>
    /// <param name="budget">
    /// What is left of the slice before. -1 is the unit of this poll; more is due where a loop is long or locals are many.
    /// </param>
    [MethodImpl(MethodImplOptions.NoInlining)] // rare, and must cost what is not nothing
    internal static int Poll(ExecEnv* env, int budget)
    {
        env->Budget = 0;
        if (budget < -1) Charge(env, (uint)(-1 - budget));
        return Take(env) - 1;
    }

    /// <summary>The next slice: 0 when the run must stop.</summary>
    internal static int Take(ExecEnv* env)
    {
        if (!Look(env)) return 0;
        if (env->FuelLimited == 0) return Slice;
        int slice = env->Fuel < Slice ? (int)env->Fuel : Slice;
        env->Fuel -= (uint)slice;
        return slice;
    }

    /// <summary>Looks at the clock, and lets <see cref="Runtime.Watch"/> look. False: the run is to end.</summary>
    internal static bool Look(ExecEnv* env)
    {
        Runtime* rt = env->Instance->Runtime;
        if (rt->Watch != null) rt->Watch(env);
        if (env->Deadline != 0 && env->Terminate == ExecEnv.GoOn && Now(rt) >= env->Deadline) env->Terminate = ExecEnv.TimeIsUp;
        return env->Terminate == ExecEnv.GoOn;
    }

    /// <summary>Nanoseconds of the clock that deadlines are of.</summary>
    internal static ulong Now(Runtime* rt)
    {
        const uint monotonic = 1;
        return rt->Platform.Clock == null ? 0 : rt->Platform.Clock(rt->Platform.Context, monotonic);
    }

    /// <summary>Why <see cref="Take"/> gave nothing. A run that merely wants fuel can be taken up again.</summary>
    internal static WasmError Stop(ExecEnv* env)
    {
        WasmError error = Reason(env);
        if (error == WasmError.FuelExhausted) env->Suspended = 1;
        return error;
    }

    /// <summary>As <see cref="Stop"/>, of a run that cannot.</summary>
    internal static WasmError Reason(ExecEnv* env) => env->Terminate switch
    {
        ExecEnv.GoOn => WasmError.FuelExhausted,
        ExecEnv.TimeIsUp => WasmError.TimeExceeded,
        _ => WasmError.Terminated,
    };

    /// <summary>
    /// Takes fuel for work without a poll: what is left of the slice, which <see cref="ExecEnv.Budget"/> holds, then of the rest, and no
    /// more than there is. The next poll finds the slice used up, and looks at the terminate flag too.
    /// </summary>
    internal static void Charge(ExecEnv* env, uint units)
    {
        uint slice = env->Budget > 0 ? (uint)env->Budget : 0;
        if (units < slice)
        {
            env->Budget -= (int)units;
            return;
        }
        // What is below 0 is a unit that the next poll takes.
        if (env->Budget > 0) env->Budget = 0;
        units -= slice;
        if (env->FuelLimited != 0) env->Fuel -= units < env->Fuel ? units : env->Fuel;
    }

    /// <summary>
    /// Pays for a piece of a host function's work, a unit for each 64 bytes begun, and looks. A function whose work an app decides on does
    /// it in pieces, and ends early where this is false: the run is to end, or has no fuel left.
    /// </summary>
    internal static bool Work(ExecEnv* env, uint bytes)
    {
        Charge(env, bytes / BytesPerUnit + 1);
        return Look(env) && MayWork(env);
    }

    /// <summary>Whether the run may go on, and has fuel for it.</summary>
    internal static bool MayWork(ExecEnv* env) =>
        env->Terminate == ExecEnv.GoOn && (env->FuelLimited == 0 || env->Fuel != 0 || env->Budget > 0);

    /// <summary>
    /// A call that an engine does not count itself costs a unit, and is a poll: those that leave code for the host, or for code of another
    /// engine, once they are back; those of a host function back into code, before they begin. They cannot be suspended.
    /// </summary>
    internal static WasmError Call(ExecEnv* env)
    {
        if (env->FuelLimited != 0) GiveBack(env);
        if (!Look(env) || (env->FuelLimited != 0 && env->Fuel == 0)) return Reason(env);
        if (env->FuelLimited != 0) env->Fuel--;
        return WasmError.None;
    }

    /// <summary>Gives back what a run did not use, so that what is left is exact outside of it.</summary>
    internal static void GiveBack(ExecEnv* env)
    {
        if (env->FuelLimited != 0 && env->Budget > 0) env->Fuel += (uint)env->Budget;
        env->Budget = 0;
    }
}
