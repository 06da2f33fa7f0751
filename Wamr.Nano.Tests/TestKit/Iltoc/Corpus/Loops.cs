// SPDX-License-Identifier: MIT
// Dispatch loops in the shapes an interpreter uses: a byte switch, a masked unit, state in locals.
using System;

namespace Wamr.Nano.Tests.TestKit.Iltoc.Corpus;

public static unsafe class Loops
{
    /// <summary>Counts down from n with a stack machine: push, add, decrement, jump if not zero, halt.</summary>
    private static ReadOnlySpan<byte> Program => [0, 1, 2, 3, 4, 2, 9, 5];

    public static uint ByteMachine(uint n)
    {
        fixed (byte* code = Program) return Run(code, n & 0xFFF, 1);
    }

    [DispatchLoop]
    private static uint Run(byte* pc, uint counter, uint sum)
    {
        byte* start = pc;
        while (true)
        {
            switch (*pc++)
            {
                case 0: sum += 3; continue;
                case 1: sum = sum * 5 ^ counter; continue;
                case 2: if (counter == 0) return sum; counter--; continue;
                case 3:
                    if ((counter & 1) != 0) { pc = start; continue; }
                    sum++;
                    continue;
                case 4: sum = sum >> 1 | sum << 31; continue;
                case 5: pc = start + 1; continue;
                default: sum ^= 0x55; continue;
            }
        }
    }

    public static uint MaskedMachine(uint n)
    {
        ushort* units = stackalloc ushort[4];
        for (int i = 0; i < 3; i++) units[i] = (ushort)(n >> i * 5);
        units[3] = 3;
        return RunUnits(units, n);
    }

    [DispatchLoop]
    private static uint RunUnits(ushort* pc, uint r)
    {
        while (true)
        {
            ushort unit = *pc++;
            switch (unit & 3)
            {
                case 0: r += unit; continue;
                case 1: r ^= (uint)unit << 3; continue;
                case 2: r *= 7; continue;
                case 3:
                    if (unit == 3) return r;
                    r--;
                    continue;
            }
        }
    }
}
