// SPDX-License-Identifier: MIT
// Random expressions: where values come from.
using System;

namespace Wamr.Nano.Tests.Slow.Differential.Floats;

internal sealed partial class FloatTree
{
    private bool Leaf(char type)
    {
        if (random.Next(4) != 0)
        {
            ExactLeaf(type);
            return false;
        }
        if (random.Next(2) == 0) code.Get(scope.Open(type));
        else if (random.Next(3) == 0) code.Op(Opcode.GlobalGet, FloatModule.Global(type, open: true));
        else code.I32(0).Op(LoadOf(type), 0, FloatMemory.Area(type, open: true) + (Cell(FloatMemory.Cells) * FloatMemory.Size(type)));
        return true;
    }

    private void ExactLeaf(char type)
    {
        switch (random.Next(8))
        {
            case 0: Constant(type, _values.Next(type)); break;
            case 1: code.Get(scope.Exact(type, random)); break;
            case 2: code.Op(Opcode.GlobalGet, FloatModule.Global(type, open: false)); break;
            default: Operand(type); break;
        }
    }

    private void IntegerLeaf(char type)
    {
        switch (random.Next(4))
        {
            case 0: Constant(type, _values.Next(type)); break;
            case 1: code.Get(scope.Exact(type, random)); break;
            case 2 when scope.Counter is uint counter:
                code.Get(counter);
                Widen(type, 'i');
                break;
            default: Operand(type); break;
        }
    }

    /// <summary>Loads an operand of the block: the neighbour's is the neighbour of this one's.</summary>
    private void Operand(char type)
    {
        (uint at, int count) = FloatMemory.Operands(type);
        uint size = FloatMemory.Size(type), cell = Cell(count);
        if (random.Next(3) == 0) code.I32(random.Next(FloatMemory.Blocks) * FloatMemory.BlockBytes);
        else code.Get(0);
        if (scope.Counter is uint counter) code.Get(counter).I32(size == 8 ? 3 : 2).Op(Opcode.I32Shl).Op(Opcode.I32Add);
        code.Op(LoadOf(type), 0, at + (cell * size));
    }

    private uint Cell(int count) => (uint)(random.Next(count - Lanes - scope.Turns + 2) + lane);

    private void Constant(char type, ulong bits)
    {
        switch (type)
        {
            case 'i': code.I32((int)bits); break;
            case 'I': code.I64((long)bits); break;
            case 'f': code.Op(Opcode.F32Const).Raw(BitConverter.GetBytes((uint)bits)); break;
            default: code.Op(Opcode.F64Const).Raw(BitConverter.GetBytes(bits)); break;
        }
    }

    public static Opcode LoadOf(char type) => Nth(Opcode.I32Load, "iIfF".IndexOf(type));

    public static Opcode StoreOf(char type) => Nth(Opcode.I32Store, "iIfF".IndexOf(type));
}
