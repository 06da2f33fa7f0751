// SPDX-License-Identifier: MIT
// Counts for a profiled run. In modules that are lowered for it, a Count instruction is at each entry, before each return and, if
// requested, before all other instructions.
using System.Runtime.CompilerServices;
using Wamr.Nano.Core.Run;

namespace Wamr.Nano.Core.Engine.Interpreter;

internal static unsafe class Profiling
{
    /// <summary>
    /// [Count opcode] [function + 1 at its entry, otherwise 0]: says what is about to run in the frame at <paramref name="fp"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)] // the loop is better off without it
    internal static void Count(ExecEnv* env, byte* pc, uint* fp)
    {
        if (env->Profile != null) env->Profile->Note(env, pc[1], *(ushort*)(pc + 2), fp);
    }
}
