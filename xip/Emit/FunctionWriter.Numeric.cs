// SPDX-License-Identifier: MIT
// Plain numeric instructions (spec chapter 4.4.1): each is a macro of ops.h, after the checks for its traps.
using System.Linq;

namespace Wamr.Nano.Xip.Emit;

internal sealed unsafe partial class FunctionWriter
{
    private void Plain(Opcode op)
    {
        uint signature = OpTable.Signature((int)op);
        ValType result = TypeOf(signature / Sig.Result);
        uint operands = signature % Sig.Result;
        Value b = operands >= Sig.Second ? Pop() : default;
        Value a = Pop();
        Traps(op, a, b);
        Value value = Temporary(result, b.Text == null ? $"{op}({a.Text})" : $"{op}({a.Text}, {b.Text})");
        if (op == Opcode.I32Add && b.Constant is ulong right) NoteSum(value.Id, a, (int)right);
        else if (op == Opcode.I32Add && a.Constant is ulong left) NoteSum(value.Id, b, (int)left);
        else if (op == Opcode.I32Sub && b.Constant is ulong less && (uint)less != 0x80000000) NoteSum(value.Id, a, -(int)less);
        Push(value);
    }

    /// <summary>Wide arithmetic: a macro that sets two variables.</summary>
    private void Wide(Opcode op)
    {
        Value[] operands = Pop(2 * (int)NumericOps.WideOperands(op));
        Value low = Declared(ValType.I64), high = Declared(ValType.I64);
        Line($"{op}({low.Text}, {high.Text}, {string.Join(", ", operands.Select(operand => operand.Text))});");
        Push(low);
        Push(high);
    }

    /// <summary>Type of a digit of a signature.</summary>
    private static ValType TypeOf(uint digit) => (ValType)((uint)ValType.I32 + 1 - digit);

    private void Traps(Opcode op, Value a, Value b)
    {
        switch (op)
        {
            case Opcode.I32DivS or Opcode.I64DivS:
                DivideByZero(b);
                ulong minusOne = op == Opcode.I32DivS ? uint.MaxValue : ulong.MaxValue;
                if (b.Constant is ulong divisor && divisor != minusOne) break;
                string least = op == Opcode.I32DivS ? "0x80000000u" : "0x8000000000000000ull";
                TrapIf($"{a.Text} == {least} && {b.Text} == {CTypes.Constant(a.Type, minusOne)}", WasmError.IntegerOverflow);
                break;
            case Opcode.I32DivU or Opcode.I32RemS or Opcode.I32RemU or Opcode.I64DivU or Opcode.I64RemS or Opcode.I64RemU:
                DivideByZero(b);
                break;
            case >= Opcode.I32TruncF32S and <= Opcode.I32TruncF64U or >= Opcode.I64TruncF32S and <= Opcode.I64TruncF64U:
                Convertible(op, a);
                break;
        }
    }

    private void DivideByZero(Value b)
    {
        if (b.Constant is null or 0) TrapIf($"{b.Text} == 0", WasmError.IntegerDivideByZero);
    }

    private void Convertible(Opcode op, Value a)
    {
        // I32TruncF64U is RANGE_I32_F64_U.
        string name = op.ToString();
        CloseWindow();
        Line($"if (UNLIKELY(!RANGE_{name[..3].ToUpperInvariant()}_{name[8..11]}_{name[11..]}({a.Text}))) {{");
        Line($"if ({a.Text} != {a.Text}) goto {TrapLabel(WasmError.InvalidConversionToInteger)};");
        Line($"goto {TrapLabel(WasmError.IntegerOverflow)};");
        Line("}");
    }
}
