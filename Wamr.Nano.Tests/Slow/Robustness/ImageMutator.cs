// SPDX-License-Identifier: MIT
// Changes images, and makes their checksum right again: what a forger does, who knows the format.
using System;
using System.Collections.Generic;
using Wamr.Nano.Tests.TestKit.Xip;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Robustness;

/// <summary>An image to be changed: of bytecode anywhere, of native code everywhere but in the code, which is trusted.</summary>
internal sealed unsafe class ImageMutator
{
    /// <summary>Numbers that limits are often forgotten at.</summary>
    private static readonly ushort[] Edges = [0, 1, 2, 3, 4, 7, 8, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFD, 0xFFFE, 0xFFFF];

    private readonly byte[] _image;

    /// <summary>First byte and length of each instruction, and of each header of a function.</summary>
    private readonly List<(int At, int Length)> _instructions = [];

    public ImageMutator(byte[] image)
    {
        _image = image;
        if (ImageKit.Header(image).Kind == ImageKind.Bytecode) Assert.Equal(WasmError.None, ImageKit.Load(image, Find));
    }

    public byte[] Mutate(Random random)
    {
        byte[] mutant = [.. _image];
        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            if (_instructions.Count != 0 && random.Next(4) != 0) ChangeInstruction(mutant, random);
            else Change(mutant, random, Anywhere(random));
        }
        return ImageKit.Seal(mutant);
    }

    private void Find(Module* m)
    {
        int code = (int)ImageKit.Header(_image).CodeAt;
        for (uint f = m->ImportedFunctions; f < m->FunctionCount; f++)
        {
            uint at = m->Functions[f].Code, end = f + 1u < m->FunctionCount ? m->Functions[f + 1].Code : m->CodeSize / 2;
            uint first = at + RegCode.HeaderUnits + m->Code[at + RegCode.ConstSlots] * 2u;
            _instructions.Add((code + (int)at * 2, (int)(first - at) * 2));
            for (at = first; at + 1 < end; at += RegOpTable.UnitsAt(m->Code + at))
                _instructions.Add((code + (int)at * 2, (int)RegOpTable.UnitsAt(m->Code + at) * 2));
        }
    }

    /// <summary>A place in the header behind its checksum, or in the tables, or in the module's bytes.</summary>
    private int Anywhere(Random random)
    {
        ref ImageHeader h = ref ImageKit.Header(_image);
        return random.Next(8) switch
        {
            0 => random.Next((int)ImageHeader.BytesBeforeSize, (int)ImageHeader.Bytes),
            1 or 2 when h.BytesSize != 0 => random.Next((int)h.BytesAt, (int)(h.BytesAt + h.BytesSize)),
            _ => random.Next((int)h.InfoAt, (int)h.BytesAt),
        };
    }

    private void ChangeInstruction(byte[] mutant, Random random)
    {
        (int at, int length) = _instructions[random.Next(_instructions.Count)];
        switch (random.Next(5))
        {
            case 0:
                // Another opcode of the same length: mostly of another shape.
                mutant[at] = (byte)random.Next(RegOpTable.Count + 2);
                break;
            case 1:
                (int from, int size) = _instructions[random.Next(_instructions.Count)];
                Array.Copy(_image, from, mutant, at, Math.Min(size, length));
                break;
            default:
                Change(mutant, random, at + random.Next(length));
                break;
        }
    }

    private static void Change(byte[] mutant, Random random, int at)
    {
        int even = at & ~1;
        switch (random.Next(6))
        {
            case 0: mutant[at] ^= (byte)(1 << random.Next(8)); break;
            case 1: mutant[at] = (byte)random.Next(256); break;
            case 2: mutant[at] = (byte)Edges[random.Next(Edges.Length)]; break;
            case 3: mutant[at] = (byte)(mutant[at] + random.Next(-4, 5)); break;
            case 4: BitConverter.TryWriteBytes(mutant.AsSpan(even), Edges[random.Next(Edges.Length)]); break;
            default:
                int word = Math.Min(at & ~3, mutant.Length - 4);
                BitConverter.TryWriteBytes(mutant.AsSpan(word), random.Next(2) == 0 ? 0xFFFFFFFF - (uint)random.Next(8)
                    : BitConverter.ToUInt32(mutant, word) + (uint)random.Next(-8, 9));
                break;
        }
    }
}
