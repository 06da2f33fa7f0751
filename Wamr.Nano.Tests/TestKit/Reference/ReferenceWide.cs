// SPDX-License-Identifier: MIT
// Wide arithmetic of the reference evaluator (proposal wide-arithmetic), on .NET's own numbers of 128 bits.
using System;

namespace Wamr.Nano.Tests.TestKit.Reference;

internal static class ReferenceWide
{
    public static void Run(ReferenceActivation a, Opcode op)
    {
        UInt128 y = op is Opcode.I64Add128 or Opcode.I64Sub128 ? Pair(a) : a.Pop(),
            x = op is Opcode.I64Add128 or Opcode.I64Sub128 ? Pair(a) : a.Pop();
        UInt128 result = op switch
        {
            Opcode.I64Add128 => x + y,
            Opcode.I64Sub128 => x - y,
            Opcode.I64MulWideU => x * y,
            _ => (UInt128)((Int128)(long)(ulong)x * (long)(ulong)y),
        };
        a.Push((ulong)result);
        a.Push((ulong)(result >> 64));
    }

    private static UInt128 Pair(ReferenceActivation a)
    {
        ulong high = a.Pop();
        return new UInt128(high, a.Pop());
    }
}
