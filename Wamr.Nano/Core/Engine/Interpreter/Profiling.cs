// SPDX-License-Identifier: MIT
// Counts for a profiled run: modules lowered with counts carry an instruction for it before each other one.
using Wamr.Nano.Core.Run;

namespace Wamr.Nano.Core.Engine.Interpreter;

internal static unsafe class Profiling
{
    /// <summary>Counts an instruction, or, at a function's entry, a call: <paramref name="entry"/> is its index + 1 then.</summary>
    internal static void Count(ExecEnv* env, byte op, ushort entry)
    {
        if (env->Profile == null) return;
        if (entry == 0) env->Profile->Instructions[op]++;
        else if (entry <= env->Profile->Functions) env->Profile->Calls[entry - 1]++;
    }
}
