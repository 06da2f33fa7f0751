// SPDX-License-Identifier: MIT
// Reads and writes the few Thumb-2 instructions that SwitchTables looks for (Armv7-M Architecture Reference Manual, A7).
using System;
using System.Buffers.Binary;

namespace Wamr.Nano.Tool.Measure;

internal static class Thumb
{
    internal const int Equal = 0, Higher = 8;

    /// <summary>A permanently undefined instruction.</summary>
    internal const ushort Undefined = 0xDEFF;

    /// <summary>Reading the program counter gives this much more than the instruction's address.</summary>
    internal const int PcAhead = 4;

    internal static ushort Half(ReadOnlySpan<byte> code, int at) => BinaryPrimitives.ReadUInt16LittleEndian(code[at..]);

    internal static void Put(Span<byte> code, int at, int half) => BinaryPrimitives.WriteUInt16LittleEndian(code[at..], (ushort)half);

    /// <summary>Bytes of an instruction, 2 or 4.</summary>
    internal static int Size(ReadOnlySpan<byte> code, int at) => Half(code, at) >= 0xE800 ? 4 : 2;

    /// <summary>Whether it is <c>cmp register, #0 ... 255</c>.</summary>
    internal static bool IsCompare(ReadOnlySpan<byte> code, int at, out int register, out int value)
    {
        int first = Half(code, at), second = Size(code, at) == 4 ? Half(code, at + 2) : 0;
        bool wide = (first & 0xFFF0) == 0xF1B0 && (second & 0xFF00) == 0x0F00;
        register = wide ? first & 15 : first >> 8 & 7;
        value = (wide ? second : first) & 255;
        return wide || (first & 0xF800) == 0x2800;
    }

    /// <summary>Whether it is a branch on a condition, 0 to 13.</summary>
    internal static bool IsConditional(ReadOnlySpan<byte> code, int at, out int condition, out int target)
    {
        int first = Half(code, at), second = Size(code, at) == 4 ? Half(code, at + 2) : 0;
        bool wide = (first & 0xF800) == 0xF000 && (second & 0xD000) == 0x8000;
        condition = (wide ? first >> 6 : first >> 8) & 15;
        int far = (first & 0x400) << 10 | (second & 0x800) << 8 | (second & 0x2000) << 5 | (first & 63) << 12 | (second & 0x7FF) << 1;
        target = at + PcAhead + (wide ? far << 11 >> 11 : (sbyte)first * 2);
        return (wide || (first & 0xF000) == 0xD000) && condition < 14;
    }

    /// <summary>Where an instruction may branch to, but for calls and computed targets; null for others.</summary>
    internal static int? Target(ReadOnlySpan<byte> code, int at)
    {
        if (IsConditional(code, at, out _, out int target)) return target;
        int first = Half(code, at), second = Size(code, at) == 4 ? Half(code, at + 2) : 0;
        if ((first & 0xF800) == 0xE000) return at + PcAhead + (first << 21 >> 20); // b
        if ((first & 0xF500) == 0xB100) return at + PcAhead + ((first & 0x200) >> 3 | (first & 0xF8) >> 2); // cbz, cbnz
        if ((first & 0xF800) != 0xF000 || (second & 0xD000) != 0x9000) return null;
        // b.w: bits 23 and 22 of the distance are stored as their difference from the sign
        int sign = first >> 10 & 1, bit23 = ~((second >> 13) ^ sign) & 1, bit22 = ~((second >> 11) ^ sign) & 1;
        return at + PcAhead + (-sign << 24 | bit23 << 23 | bit22 << 22 | (first & 0x3FF) << 12 | (second & 0x7FF) << 1);
    }

    /// <summary>Writes <c>b.w target</c>, 4 bytes.</summary>
    internal static void PutBranch(Span<byte> code, int at, int target)
    {
        int distance = target - at - PcAhead, sign = distance < 0 ? 1 : 0;
        int bit23 = ~((distance >> 23) ^ sign) & 1, bit22 = ~((distance >> 22) ^ sign) & 1;
        Put(code, at, 0xF000 | sign << 10 | distance >> 12 & 0x3FF);
        Put(code, at + 2, 0x9000 | bit23 << 13 | bit22 << 11 | distance >> 1 & 0x7FF);
    }

    /// <summary>
    /// Writes <c>tbh [pc, register, lsl #1]</c>, 4 bytes: a jump by a table of half distances, 2 bytes each, that follows it.
    /// </summary>
    internal static void PutTableBranch(Span<byte> code, int at, int register)
    {
        Put(code, at, 0xE8DF);
        Put(code, at + 2, 0xF010 | register);
    }
}
