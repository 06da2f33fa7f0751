// SPDX-License-Identifier: MIT
// Changes modules: an instruction for another that suits as well, so that most results are still valid, or bytes anywhere.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.Tests.TestKit.Generated;

/// <summary>A module to be changed, with the places of its instructions.</summary>
internal sealed class Mutator
{
    private static readonly ILookup<(int, int), Opcode> Alike =
        Enum.GetValues<Opcode>().Where(op => op < (Opcode)OpTable.PrefixFC && OpTable.Signature((int)op) != Sig.Special)
            .ToLookup(op => ((int)OpTable.Immediates((int)op), (int)OpTable.Signature((int)op)));

    private readonly byte[] _module;
    private readonly List<InstrPlace> _instructions;

    public Mutator(byte[] module)
    {
        _module = module;
        _instructions = InstrPlace.Of(module);
    }

    /// <summary>A copy with one to four changes.</summary>
    public byte[] Mutate(Random random)
    {
        List<byte> mutant = [.. _module];
        bool instructions = _instructions.Count != 0 && random.Next(3) != 0;
        for (int changes = random.Next(1, 5); changes > 0 && mutant.Count > 16; changes--)
        {
            if (instructions) ChangeInstruction(mutant, random);
            else ChangeBytes(mutant, random);
        }
        return [.. mutant];
    }

    /// <summary>All of the same length, so that the sizes around it stay right.</summary>
    private void ChangeInstruction(List<byte> mutant, Random random)
    {
        int n = random.Next(_instructions.Count);
        (_, int at, int length, Opcode op) = _instructions[n];
        switch (random.Next(6))
        {
            case 0 or 1 when op < (Opcode)OpTable.PrefixFC:
                Opcode[] others = [.. Alike[(OpTable.Immediates((int)op), OpTable.Signature((int)op))]];
                if (others.Length != 0) mutant[at] = (byte)others[random.Next(others.Length)];
                break;
            case 2 when length > 1:
                // The last byte of a number ends it, which it should go on doing; those of a float may be any.
                int changed = random.Next(1, length);
                mutant[at + changed] = (byte)((mutant[at + changed] & 0x80) | random.Next(0x80));
                break;
            case 3:
                for (int k = 0; k < length; k++) mutant[at + k] = (byte)Opcode.Nop;
                break;
            case 4 when n + 1 < _instructions.Count && _instructions[n + 1].Length == length:
                for (int k = 0; k < length; k++) (mutant[at + k], mutant[at + length + k]) = (mutant[at + length + k], mutant[at + k]);
                break;
            default:
                (_, int from, int size, _) = _instructions[random.Next(_instructions.Count)];
                if (size == length)
                    for (int k = 0; k < length; k++) mutant[at + k] = _module[from + k];
                break;
        }
    }

    private static void ChangeBytes(List<byte> mutant, Random random)
    {
        int at = random.Next(8, mutant.Count - 8), length = random.Next(1, 8);
        switch (random.Next(6))
        {
            case 0 or 1: mutant[at] ^= (byte)(1 << random.Next(8)); break;
            case 2: mutant[at] = (byte)random.Next(256); break;
            case 3: mutant.RemoveRange(at, length); break;
            case 4: mutant.InsertRange(at, mutant.GetRange(random.Next(mutant.Count - 8), length)); break;
            default: mutant[at] = random.Next(2) == 0 ? (byte)0xFF : (byte)0x80; break;
        }
    }
}
