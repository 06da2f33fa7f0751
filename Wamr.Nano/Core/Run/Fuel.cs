// SPDX-License-Identifier: MIT
// Fuel and termination. A run takes fuel in slices, counts one down at each back edge and call, and looks at the flags between slices.
namespace Wamr.Nano.Core.Run;

internal static unsafe class Fuel
{
    /// <summary>Polls between two looks at the terminate flag.</summary>
    private const int Slice = 1024;

    /// <summary>The next slice: 0 when the run must stop.</summary>
    internal static int Take(ExecEnv* env)
    {
        if (env->Terminate != 0) return 0;
        if (env->FuelLimited == 0) return Slice;
        int slice = env->Fuel < Slice ? (int)env->Fuel : Slice;
        env->Fuel -= (uint)slice;
        return slice;
    }

    /// <summary>Why <see cref="Take"/> gave nothing. A run that merely wants fuel can be taken up again.</summary>
    internal static WasmError Stop(ExecEnv* env)
    {
        if (env->Terminate != 0) return WasmError.Terminated;
        env->Suspended = 1;
        return WasmError.FuelExhausted;
    }

    /// <summary>
    /// Takes fuel for work without a poll: what is left of the slice, which <see cref="ExecEnv.Budget"/> holds, then of the rest, and no more
    /// than there is. The next poll finds the slice used up, and looks at the terminate flag too.
    /// </summary>
    internal static void Charge(ExecEnv* env, uint units)
    {
        uint slice = env->Budget > 0 ? (uint)env->Budget : 0;
        if (units < slice)
        {
            env->Budget -= (int)units;
            return;
        }
        env->Budget = 0;
        units -= slice;
        if (env->FuelLimited != 0) env->Fuel -= units < env->Fuel ? units : env->Fuel;
    }

    /// <summary>Gives back what a run did not use, so that what is left is exact outside of it.</summary>
    internal static void GiveBack(ExecEnv* env)
    {
        if (env->FuelLimited != 0 && env->Budget > 0) env->Fuel += (uint)env->Budget;
        env->Budget = 0;
    }
}
