// SPDX-License-Identifier: MIT
// Random expressions: integers: of floats they show what is the same everywhere.

namespace Wamr.Nano.Tests.Slow.Differential.Floats;

internal sealed partial class FloatTree
{
    /// <summary>Pushes an integer, which is the same everywhere.</summary>
    public void Integer(char type, int depth)
    {
        char f = random.Next(2) == 0 ? 'f' : 'F';
        switch (depth <= 0 ? 7 : random.Next(8))
        {
            case 0:
                // A comparison, which knows NaNs only as such.
                Float(f, depth - 1);
                Float(f, depth - 1);
                code.Op(Nth(f == 'f' ? Opcode.F32Eq : Opcode.F64Eq, random.Next(6)));
                Widen(type, 'i');
                break;
            case 1:
                Float(f, depth - 1);
                code.Op(Nth(type == 'i' ? Opcode.I32TruncSatF32S : Opcode.I64TruncSatF32S, (f == 'f' ? 0 : 2) + random.Next(2)));
                break;
            case 2: SignBit(type, f, depth); break;
            case 3: QuietBit(type, f, depth); break;
            case 4:
                Float(f, depth - 1);
                OneNaN(f);
                Bits(type, f);
                break;
            case 5:
                Exact(f, depth - 1);
                Bits(type, f);
                break;
            case 6:
                Integer(type, depth - 1);
                Integer(type, depth - 1);
                code.Op(Nth(type == 'i' ? Opcode.I32Add : Opcode.I64Add, random.Next(3)));
                break;
            default: IntegerLeaf(type); break;
        }
    }

    /// <summary>The sign of what has one everywhere, be it a NaN.</summary>
    private void SignBit(char type, char f, int depth)
    {
        Float(f, depth - 1);
        if (random.Next(2) == 0) Then(f, Opcode.F32Abs);
        else
        {
            Exact(f, depth - 1);
            Then(f, Opcode.F32Copysign);
        }
        code.Op(f == 'f' ? Opcode.I32ReinterpretF32 : Opcode.I64ReinterpretF64);
        if (f == 'f') code.I32(31).Op(Opcode.I32ShrU);
        else code.I64(63).Op(Opcode.I64ShrU);
        Widen(type, f == 'f' ? 'i' : 'I');
    }

    /// <summary>Whether the result of arithmetic is no number and signals, which it never does.</summary>
    private void QuietBit(char type, char f, int depth)
    {
        Arithmetic(f, depth - 1);
        uint scratch = scope.Scratch(f);
        code.Tee(scratch);
        if (f == 'f') code.Op(Opcode.I32ReinterpretF32).I32(22).Op(Opcode.I32ShrU);
        else code.Op(Opcode.I64ReinterpretF64).I64(51).Op(Opcode.I64ShrU).Op(Opcode.I32WrapI64);
        code.I32(1).Op(Opcode.I32And).I32(1).Op(Opcode.I32Xor);
        code.Get(scratch).Get(scratch).Op(f == 'f' ? Opcode.F32Ne : Opcode.F64Ne).Op(Opcode.I32And);
        Widen(type, 'i');
    }

    /// <summary>Any NaN on the stack becomes the one.</summary>
    private void OneNaN(char type)
    {
        uint scratch = scope.Scratch(type);
        code.Tee(scratch);
        if (type == 'f') code.F32(float.NaN).Get(scratch).Get(scratch).Op(Opcode.F32Eq).Op(Opcode.Select);
        else code.F64(double.NaN).Get(scratch).Get(scratch).Op(Opcode.F64Eq).Op(Opcode.Select);
    }

    private void Bits(char type, char f)
    {
        code.Op(f == 'f' ? Opcode.I32ReinterpretF32 : Opcode.I64ReinterpretF64);
        Widen(type, f == 'f' ? 'i' : 'I');
    }

    private void Widen(char to, char from)
    {
        if (to == 'I' && from == 'i') code.Op(Opcode.I64ExtendI32U);
        else if (to == 'i' && from == 'I') code.Op(Opcode.I32WrapI64);
    }
}
