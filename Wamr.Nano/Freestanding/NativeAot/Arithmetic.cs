// SPDX-License-Identifier: MIT
// Arithmetic that ILCompiler calls instead of emitting, under the names it asks for. runtime.c has the divisions.
using System.Runtime;
using System.Runtime.CompilerServices;

namespace Internal.Runtime.CompilerHelpers
{
    internal static class MathHelpers
    {
        [RuntimeImport("RhpIDiv"), MethodImpl(MethodImplOptions.InternalCall)] private static extern int IDiv(int a, int b);
        [RuntimeImport("RhpIMod"), MethodImpl(MethodImplOptions.InternalCall)] private static extern int IMod(int a, int b);
        [RuntimeImport("RhpUDiv"), MethodImpl(MethodImplOptions.InternalCall)] private static extern uint UDiv(uint a, uint b);
        [RuntimeImport("RhpUMod"), MethodImpl(MethodImplOptions.InternalCall)] private static extern uint UMod(uint a, uint b);
        [RuntimeImport("RhpLDiv"), MethodImpl(MethodImplOptions.InternalCall)] private static extern long LDiv(long a, long b);
        [RuntimeImport("RhpLMod"), MethodImpl(MethodImplOptions.InternalCall)] private static extern long LMod(long a, long b);
        [RuntimeImport("RhpULDiv"), MethodImpl(MethodImplOptions.InternalCall)] private static extern ulong ULDiv(ulong a, ulong b);
        [RuntimeImport("RhpULMod"), MethodImpl(MethodImplOptions.InternalCall)] private static extern ulong ULMod(ulong a, ulong b);
    }
}

namespace System
{
    public static partial class Math
    {
        /// <summary>Asked for where the size of a stackalloc is computed, which the compiler then does itself.</summary>
        private static long MultiplyChecked(long a, long b) => a * b;
        private static ulong MultiplyChecked(ulong a, ulong b) => a * b;
    }
}
