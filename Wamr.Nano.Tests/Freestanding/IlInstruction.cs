// SPDX-License-Identifier: MIT
// Reads the instructions of a method from its IL bytes.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;

namespace Wamr.Nano.Tests.Freestanding;

/// <summary>An instruction of IL: where it is, what it does, and where its operand lies in the bytes.</summary>
internal readonly record struct IlInstruction(int At, OpCode Op, int Operand)
{
    private static readonly Dictionary<ushort, OpCode> Table = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!).ToDictionary(o => (ushort)o.Value);

    /// <summary>Whether the operand is a metadata token of a type, method or field.</summary>
    internal bool NamesMember =>
        Op.OperandType is OperandType.InlineType or OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineTok;

    /// <summary>The instructions of a method body, in order.</summary>
    internal static IEnumerable<IlInstruction> All(byte[] il)
    {
        for (int at = 0; at < il.Length;)
        {
            OpCode op = Table[il[at] == 0xFE ? (ushort)(0xFE00 | il[at + 1]) : il[at]];
            int operand = at + op.Size;
            yield return new(at, op, operand);
            at = operand + OperandSize(op, il, operand);
        }
    }

    private static int OperandSize(OpCode op, byte[] il, int at) => op.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(il, at),
        _ => 4,
    };
}
