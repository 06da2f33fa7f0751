// SPDX-License-Identifier: MIT
// Finds the calls in machine code. Bytes in the middle of an instruction or in constants that look like a call also count as one. Nothing
// returns there, so this only makes a table a little longer.
using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace Wamr.Nano.Xip.CallStacks;

/// <summary>A call and its return address as it is saved, which is odd on Thumb.</summary>
/// <param name="Return">Offset of the return address.</param>
/// <param name="Target">The offset of the called function; null for a call through a register or the memory.</param>
internal readonly record struct CallInstruction(uint Return, uint? Target);

internal static class CallInstructions
{
    /// <summary>All calls in code. Direct calls count only if their target is one of the given functions.</summary>
    /// <param name="code">Machine code.</param>
    /// <param name="machine">Whose.</param>
    /// <param name="targets">Offsets of functions.</param>
    internal static IEnumerable<CallInstruction> In(byte[] code, ImageMachine machine, ISet<uint> targets)
    {
        int step = machine is ImageMachine.Thumb or ImageMachine.RiscV32 ? 2 : 1;
        for (int at = 0; at + step < code.Length; at += step)
        {
            (int length, int? target) = machine switch
            {
                ImageMachine.Thumb => Thumb(code, at),
                ImageMachine.RiscV32 => RiscV(code, at),
                ImageMachine.Xtensa => Xtensa(code, at),
                _ => X64(code, at),
            };
            if (length == 0 || at + length > code.Length || (target is int to && !targets.Contains((uint)to))) continue;
            yield return new((uint)(at + length) + (machine == ImageMachine.Thumb ? 1u : 0), (uint?)target);
        }
    }

    private static uint Word(byte[] code, int at, int bytes)
    {
        uint word = 0;
        for (int n = 0; n < bytes && at + n < code.Length; n++) word |= (uint)code[at + n] << 8 * n;
        return word;
    }

    /// <summary>Sign-extends a number of the given width.</summary>
    private static int Extend(uint value, int bits) => (int)(value << 32 - bits) >> 32 - bits;

    /// <summary>BLX register; BL (encoding T1).</summary>
    private static (int, int?) Thumb(byte[] code, int at)
    {
        uint word = Word(code, at, 4), first = word & 0xFFFF, second = word >> 16;
        if ((first & 0xFF87) == 0x4780) return (2, null);
        if ((first & 0xF800) != 0xF000 || (second & 0xD000) != 0xD000) return default;
        uint s = first >> 10 & 1, i1 = 1 ^ (second >> 13 & 1) ^ s, i2 = 1 ^ (second >> 11 & 1) ^ s;
        return (4, at + 4 + Extend(s << 24 | i1 << 23 | i2 << 22 | (first & 0x3FF) << 12 | (second & 0x7FF) << 1, 25));
    }

    /// <summary>jalr and jal with register ra, in 16 and 32 bits.</summary>
    private static (int, int?) RiscV(byte[] code, int at)
    {
        uint word = Word(code, at, 4);
        if ((word & 0xF07F) == 0x9002 && (word & 0xF80) != 0) return (2, null);
        if ((word & 0xE003) == 0x2001)
        {
            uint near = (word >> 12 & 1) << 11 | (word >> 8 & 1) << 10 | (word >> 9 & 3) << 8 | (word >> 6 & 1) << 7 | (word >> 7 & 1) << 6
                | (word >> 2 & 1) << 5 | (word >> 11 & 1) << 4 | (word >> 3 & 7) << 1;
            return (2, at + Extend(near, 12));
        }
        if ((word & 0x7FFF) == 0x00E7) return (4, null);
        if ((word & 0xFFF) != 0x0EF) return default;
        return (4, at + Extend((word >> 31) << 20 | (word >> 12 & 0xFF) << 12 | (word >> 20 & 1) << 11 | (word >> 21 & 0x3FF) << 1, 21));
    }

    /// <summary>callx0; call0, from the word the instruction begins in.</summary>
    private static (int, int?) Xtensa(byte[] code, int at)
    {
        uint word = Word(code, at, 3);
        if ((word & 0xFFF0FF) == 0xC0) return (3, null);
        return (word & 0x3F) == 0x05 ? (3, (at & ~3) + 4 + (Extend(word >> 6, 18) << 2)) : default;
    }

    /// <summary>E8; FF with a register or memory operand, whatever comes before it.</summary>
    private static (int, int?) X64(byte[] code, int at)
    {
        if (code[at] == 0xE8 && at + 5 <= code.Length) return (5, at + 5 + BinaryPrimitives.ReadInt32LittleEndian(code.AsSpan(at + 1)));
        if (code[at] != 0xFF || (code[at + 1] >> 3 & 7) != 2) return default;
        int mode = code[at + 1] >> 6, register = code[at + 1] & 7;
        if (mode == 3) return (2, null);
        bool index = register == 4, absolute = mode == 0 && (register == 5 || (index && at + 2 < code.Length && (code[at + 2] & 7) == 5));
        return (2 + (index ? 1 : 0) + (mode == 1 ? 1 : mode == 2 || absolute ? 4 : 0), null);
    }
}
