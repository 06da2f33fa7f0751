// SPDX-License-Identifier: MIT
// One IL instruction and the decoder of a method's bytes (ECMA-335 III).
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace Wamr.Nano.IlToC;

/// <summary>
/// An instruction; <see cref="Operand"/> holds a number, a token, a variable or a branch target; <see cref="Targets"/> a switch's.
/// </summary>
internal sealed record Instruction(int Offset, int Next, ILOpCode Op, long Operand, double Number, int[] Targets)
{
    internal EntityHandle Token => System.Reflection.Metadata.Ecma335.MetadataTokens.EntityHandle((int)Operand);
    internal int Target => (int)Operand;

    internal bool EndsBlock =>
        Op is ILOpCode.Ret or ILOpCode.Throw or ILOpCode.Rethrow or ILOpCode.Switch or ILOpCode.Endfinally || IsBranch;
    internal bool IsJump => Op is ILOpCode.Br or ILOpCode.Br_s or ILOpCode.Leave or ILOpCode.Leave_s;
    internal bool IsBranch => IsJump || Op is >= ILOpCode.Brfalse_s and <= ILOpCode.Blt_un;
    internal bool FallsThrough => !IsJump && Op is not (ILOpCode.Ret or ILOpCode.Throw or ILOpCode.Rethrow or ILOpCode.Endfinally);
}

internal static class IlDecoder
{
    private static readonly Dictionary<ushort, OperandType> OperandTypes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!).ToDictionary(o => (ushort)o.Value, o => o.OperandType);

    internal static List<Instruction> Decode(BlobReader code)
    {
        var list = new List<Instruction>();
        while (code.RemainingBytes > 0) list.Add(One(ref code));
        return list;
    }

    private static Instruction One(ref BlobReader code)
    {
        int offset = code.Offset;
        ushort op = code.ReadByte();
        if (op == 0xFE) op = (ushort)(0xFE00 | code.ReadByte());
        long operand = 0;
        double number = 0;
        int[] targets = [];
        switch (OperandTypes[op])
        {
            case OperandType.InlineNone: break;
            case OperandType.ShortInlineI: operand = code.ReadSByte(); break;
            case OperandType.ShortInlineVar: operand = code.ReadByte(); break;
            case OperandType.InlineVar: operand = code.ReadUInt16(); break;
            case OperandType.InlineI8: operand = code.ReadInt64(); break;
            case OperandType.ShortInlineR: number = code.ReadSingle(); break;
            case OperandType.InlineR: number = code.ReadDouble(); break;
            case OperandType.ShortInlineBrTarget: operand = code.ReadSByte() + (long)code.Offset; break;
            case OperandType.InlineBrTarget: operand = code.ReadInt32() + (long)code.Offset; break;
            case OperandType.InlineSwitch:
                targets = new int[code.ReadInt32()];
                for (int i = 0; i < targets.Length; i++) targets[i] = code.ReadInt32();
                for (int i = 0; i < targets.Length; i++) targets[i] += code.Offset;
                break;
            default: operand = code.ReadInt32(); break;
        }
        return new Instruction(offset, code.Offset, (ILOpCode)op, operand, number, targets);
    }
}
