// SPDX-License-Identifier: MIT
// Random expressions of float instructions. The same random numbers give the same expression, of neighbouring operands in each lane: what
// compilers put into vectors.
using System;
using Wamr.Nano.Tests.TestKit;

namespace Wamr.Nano.Tests.Slow.Differential.Floats;

/// <param name="random">Decides the expression.</param>
/// <param name="code">Gets it.</param>
/// <param name="scope">What it may refer to.</param>
/// <param name="canonical">Whether all NaNs are: see <see cref="FloatValues"/>.</param>
/// <param name="lane">Which of the neighbours.</param>
internal sealed partial class FloatTree(Random random, Code code, FloatScope scope, bool canonical, int lane = 0)
{
    private const int Lanes = 8;

    /// <summary>From an opcode of f32 to the one of f64 that does the same.</summary>
    private const int ToF64 = Opcode.F64Abs - Opcode.F32Abs;

    private readonly FloatValues _values = new(random, canonical);

    /// <summary>Pushes a value of any type.</summary>
    /// <returns>Whether it is open: perhaps a NaN whose bits are not the same everywhere.</returns>
    public bool Value(char type, int depth)
    {
        if (type is 'f' or 'F') return Float(type, depth);
        Integer(type, depth);
        return false;
    }

    /// <summary>Pushes a float.</summary>
    public bool Float(char type, int depth)
    {
        if (depth <= 0) return Leaf(type);
        switch (random.Next(16))
        {
            case 0: return Sign(type, depth);
            case 1: return Float(type, depth - 1) & Then(type, random.Next(2) == 0 ? Opcode.F32Abs : Opcode.F32Neg);
            case 2: return Choice(type, depth);
            case 3: return Leaf(type);
            default: return Arithmetic(type, depth);
        }
    }

    /// <summary>Pushes something short that vectorisers like: an operand rounded to the other width, then some arithmetic.</summary>
    public bool Short(char type)
    {
        Operand(type);
        if (random.Next(3) != 0)
        {
            Resize(type == 'f' ? 'F' : 'f');
            Resize(type);
        }
        for (int n = random.Next(3); n > 0; n--)
        {
            if (random.Next(2) == 0) Constant(type, _values.Next(type));
            else Operand(type);
            Then(type, Nth(Opcode.F32Add, random.Next(4)));
        }
        return true;
    }

    /// <summary>Pushes a float whose bits are the same everywhere: what was only moved.</summary>
    public void Exact(char type, int depth)
    {
        switch (depth <= 0 ? 5 : random.Next(6))
        {
            case 0:
                Exact(type, depth - 1);
                Exact(type, depth - 1);
                Then(type, Opcode.F32Copysign);
                break;
            case 1:
                Exact(type, depth - 1);
                Then(type, random.Next(2) == 0 ? Opcode.F32Abs : Opcode.F32Neg);
                break;
            case 2:
                Exact(type, depth - 1);
                Exact(type, depth - 1);
                Integer('i', depth - 1);
                code.Op(Opcode.Select);
                break;
            case 3:
                Integer(type == 'f' ? 'i' : 'I', depth - 1);
                code.Op(type == 'f' ? Opcode.F32ReinterpretI32 : Opcode.F64ReinterpretI64);
                if (canonical) OneNaN(type);
                break;
            default: ExactLeaf(type); break;
        }
    }

    /// <summary>Pushes the result of an instruction that rounds: of NaNs, a quiet one.</summary>
    private bool Arithmetic(char type, int depth)
    {
        switch (random.Next(14))
        {
            case < 5:
                Float(type, depth - 1);
                Float(type, depth - 1);
                return Then(type, Nth(Opcode.F32Add, random.Next(4)));
            case 5:
                Float(type, depth - 1);
                Float(type, depth - 1);
                return Then(type, Nth(Opcode.F32Min, random.Next(2)));
            case 6:
                Float(type, depth - 1);
                return Then(type, Nth(Opcode.F32Ceil, random.Next(4)));
            case 7:
                Float(type, depth - 1);
                return Then(type, Opcode.F32Sqrt);
            case 8:
                Float(type, depth - 1);
                (Opcode op, double operand) = Neutral();
                Constant(type, type == 'f' ? BitConverter.SingleToUInt32Bits((float)operand) : BitConverter.DoubleToUInt64Bits(operand));
                return Then(type, op);
            case 9: return Converted(type, depth);
            default: return Resized(type, depth);
        }
    }

    /// <summary>The other width there and back, or there to compute and back.</summary>
    private bool Resized(char type, int depth)
    {
        char other = type == 'f' ? 'F' : 'f';
        switch (random.Next(3))
        {
            case 0: Float(other, depth - 1); break;
            case 1:
                Float(type, depth - 1);
                Resize(other);
                break;
            default:
                Float(type, depth - 1);
                Resize(other);
                Float(type, depth - 2);
                Resize(other);
                Then(other, Nth(Opcode.F32Add, random.Next(4)));
                break;
        }
        return Resize(type);
    }

    /// <summary>From a float of the other width.</summary>
    private bool Resize(char to)
    {
        code.Op(to == 'f' ? Opcode.F32DemoteF64 : Opcode.F64PromoteF32);
        return true;
    }

    private bool Converted(char type, int depth)
    {
        char from = random.Next(2) == 0 ? 'i' : 'I';
        Integer(from, depth - 1);
        code.Op(Nth(type == 'f' ? Opcode.F32ConvertI32S : Opcode.F64ConvertI32S, (from == 'i' ? 0 : 2) + random.Next(2)));
        return false;
    }

    /// <summary>Copysign of something exact.</summary>
    private bool Sign(char type, int depth)
    {
        bool open = Float(type, depth - 1);
        Exact(type, depth - 1);
        Then(type, Opcode.F32Copysign);
        return open;
    }

    private bool Choice(char type, int depth)
    {
        bool one = Float(type, depth - 1), other = Float(type, depth - 1);
        Integer('i', depth - 1);
        code.Op(Opcode.Select);
        return one | other;
    }

    private (Opcode Op, double Operand) Neutral() => random.Next(4) switch
    {
        0 => (Opcode.F32Mul, 1),
        1 => (Opcode.F32Div, 1),
        2 => (Opcode.F32Sub, 0),
        _ => (Opcode.F32Add, -0.0),
    };

    private bool Then(char type, Opcode op)
    {
        code.Op(type == 'f' ? op : Nth(op, ToF64));
        return true;
    }

    /// <summary>An instruction behind another in the order of their numbers.</summary>
    public static Opcode Nth(Opcode first, int n) => (Opcode)((int)first + n);
}
