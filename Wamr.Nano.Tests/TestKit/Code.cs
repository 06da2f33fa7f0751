// SPDX-License-Identifier: MIT
// Writes instructions in the binary format (spec chapter 5.4): the test-only counterpart of InstrReader.
using System;
using System.Collections.Generic;

namespace Wamr.Nano.Tests.TestKit;

/// <summary>Instruction bytes, in the order they are asked for. <see cref="End"/> is not added by itself.</summary>
internal sealed class Code
{
    private readonly List<byte> _bytes = [];

    public byte[] Bytes => [.. _bytes];

    /// <summary>Any opcode, its immediates as unsigned LEB128 numbers.</summary>
    public Code Op(Opcode op, params ReadOnlySpan<uint> immediates)
    {
        if ((int)op < OpTable.PrefixFC) _bytes.Add((byte)op);
        else
        {
            _bytes.Add(OpTable.PrefixByte);
            _bytes.Add((byte)((int)op - OpTable.PrefixFC));
        }
        foreach (uint immediate in immediates) Leb128.Unsigned(_bytes, immediate);
        return this;
    }

    public Code Raw(params ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public Code I32(int value) => Signed(Opcode.I32Const, value);

    public Code I64(long value) => Signed(Opcode.I64Const, value);

    public Code F32(float value) => Op(Opcode.F32Const).Raw(BitConverter.GetBytes(value));

    public Code F64(double value) => Op(Opcode.F64Const).Raw(BitConverter.GetBytes(value));

    public Code Get(uint local) => Op(Opcode.LocalGet, local);

    public Code Set(uint local) => Op(Opcode.LocalSet, local);

    public Code Tee(uint local) => Op(Opcode.LocalTee, local);

    public Code Call(uint function) => Op(Opcode.Call, function);

    /// <summary>
    /// block, loop or if without parameters; <paramref name="result"/> is a letter as in <see cref="ModuleBuilder"/>, or none.
    /// </summary>
    public Code Open(Opcode block, char? result = null) => Op(block).Raw(result is char r ? ModuleBuilder.ValueType(r) : (byte)0x40);

    public Code Else() => Op(Opcode.Else);

    public Code End() => Op(Opcode.End);

    private Code Signed(Opcode op, long value)
    {
        Op(op);
        Leb128.Signed(_bytes, value);
        return this;
    }
}
