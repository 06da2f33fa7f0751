// SPDX-License-Identifier: MIT
// Random valid function bodies, an instruction at a time with the types on the stack in mind:
// what is on top is used, or what is missing pushed.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.Tests.TestKit.Generated;

/// <summary>
/// This file: values and variables. Control is in BodyGenerator.Control.cs, memories and tables in BodyGenerator.State.cs.
/// </summary>
internal sealed partial class BodyGenerator
{
    private static readonly Opcode[] Numeric =
        [.. Enum.GetValues<Opcode>().Where(NumericOps.Is)];

    private readonly ModuleShape _shape;
    private readonly Random _random;
    private readonly Code _code = new();
    private readonly List<char> _stack = [];
    private readonly List<string> _labels = [];
    private readonly string _locals;
    private readonly string _results;
    private readonly uint _firstAddress;
    private int _floor, _budget;
    private bool _dead, _farCode;

    public BodyGenerator(ModuleShape shape, string type, bool farCode)
    {
        _shape = shape;
        _random = shape.Random;
        _farCode = farCode;
        string parameters = type.Split(':')[0];
        _results = type.Split(':')[1];
        _firstAddress = (uint)(parameters.Length + shape.Options.Padding);
        DeclaredLocals = string.Concat(Enumerable.Repeat("iI", shape.Options.Padding))[..shape.Options.Padding] + "iiiiIIffFF";
        _locals = parameters + DeclaredLocals;
    }

    /// <summary>Two of them hold small addresses at all times, so that sums of them lie in the memory.</summary>
    public string DeclaredLocals { get; }

    public Code Generate()
    {
        _budget = _random.Next(5, 60);
        _labels.Add(_results);
        Spend();
        Statements(30);
        Finish(_results);
        return _code;
    }

    /// <summary>A constant, often one at an edge.</summary>
    public static void Constant(Random random, Code code, char type)
    {
        switch (type)
        {
            case 'i': code.I32((int)Edge(random, 32)); break;
            case 'I': code.I64(Edge(random, 64)); break;
            case 'f': code.F32(Pick(random, 0f, -0f, 1f, -1.5f, 0.5f, 3e9f, -3e9f, 1e19f, float.NaN, float.MaxValue, float.NegativeInfinity,
                float.Epsilon, random.NextSingle() * 100)); break;
            default: code.F64(Pick(random, 0d, -0d, 1d, -2.5, 0.5, 4294967295.5, -2147483648.9, 1e19, double.NaN, double.PositiveInfinity,
                double.Epsilon, 1e300, random.NextDouble() * 100)); break;
        }
    }

    private static long Edge(Random random, int bits) => random.Next(6) switch
    {
        0 => random.Next(-3, 4),
        1 => random.Next(-130, 131),
        2 => Pick(random, 127, 128, -128, -129, 255, 32767, 32768, -32768, -32769, 65535),
        3 => (bits == 32 ? int.MinValue : long.MinValue) - random.Next(3),
        4 => 1L << random.Next(bits),
        _ => random.NextInt64(),
    };

    private static T Pick<T>(Random random, params ReadOnlySpan<T> choices) => choices[random.Next(choices.Length)];

    private bool OneIn(int n) => _random.Next(n) == 0;

    /// <summary>Pushes a value of a type: a constant, a variable, something loaded.</summary>
    private void Push(char type)
    {
        switch (_random.Next(10))
        {
            case < 3: Constant(_random, _code, type); break;
            case < 8: _code.Get(LocalOf(type, false)); break;
            case 8: _code.Op(Opcode.GlobalGet, GlobalOf(type)); break;
            default:
                _code.Get(_firstAddress + (uint)_random.Next(2)).Op(LoadOf(type), 0, (uint)_random.Next(40));
                break;
        }
        _stack.Add(type);
    }

    /// <summary>Makes the top of the stack <paramref name="types"/>: with luck it is already.</summary>
    private void Need(string types)
    {
        if (Matches(types) && !OneIn(3)) return;
        foreach (char type in types) Push(type);
    }

    private bool Matches(string types)
    {
        int at = _stack.Count - types.Length;
        return at >= _floor && types.SequenceEqual(_stack.Skip(at));
    }

    private void Pop(int count) => _stack.RemoveRange(_stack.Count - count, count);

    /// <summary>A numeric instruction; operands that would make it trap are mostly kept away.</summary>
    private void Number()
    {
        Opcode op = Numeric[_random.Next(Numeric.Length)];
        if (NumericOps.IsWide(op))
        {
            Wide(op);
            return;
        }
        // Truncations that trap would end most runs.
        if (op is >= Opcode.I32TruncF32S and <= Opcode.I32TruncF64U or >= Opcode.I64TruncF32S and <= Opcode.I64TruncF64U && !OneIn(10))
            op = Opcode.I32Add;
        if (OneIn(3))
            op = Pick(_random, Opcode.I32Add, Opcode.I32Sub, Opcode.I32Shl, Opcode.I32Mul, Opcode.I32And, Opcode.I32LtS, Opcode.I32Eqz);
        int signature = OpTable.Signature((int)op), operands = signature % Sig.Result;
        char first = Numbers(operands % Sig.Second), result = Numbers(signature / Sig.Result);
        bool binary = operands >= Sig.Second;
        Need(binary ? $"{first}{first}" : $"{first}");
        if (op is Opcode.I32DivS or Opcode.I32DivU or Opcode.I32RemS or Opcode.I32RemU && !OneIn(20))
            _code.I32(_random.Next(1, 9)).Op(Opcode.I32Or);
        if (op is Opcode.I64DivS or Opcode.I64DivU or Opcode.I64RemS or Opcode.I64RemU && !OneIn(20))
            _code.I64(_random.Next(1, 9)).Op(Opcode.I64Or);
        if (op is Opcode.I32ReinterpretF32 or Opcode.I64ReinterpretF64 or Opcode.F32Copysign or Opcode.F64Copysign) OneNaN(first);
        _code.Op(op);
        Pop(binary ? 2 : 1);
        _stack.Add(result);
    }

    private void Wide(Opcode op)
    {
        string operands = new('I', 2 * (int)NumericOps.WideOperands(op));
        Need(operands);
        _code.Op(op);
        Pop(operands.Length);
        _stack.AddRange("II");
    }

    /// <summary>The bits of a NaN are not the same everywhere: where they would show, any NaN becomes the one.</summary>
    private void OneNaN(char type)
    {
        if (type is not ('f' or 'F')) return;
        uint local = LocalOf(type, true);
        _code.Tee(local);
        if (type == 'f') _code.F32(float.NaN).Get(local).Get(local).Op(Opcode.F32Eq).Op(Opcode.Select);
        else _code.F64(double.NaN).Get(local).Get(local).Op(Opcode.F64Eq).Op(Opcode.Select);
    }

    private static char Numbers(int digit) => " iIfF"[digit];

    private void Variable()
    {
        char type = _stack.Count > _floor && !OneIn(4) ? _stack[^1] : _shape.Type();
        Need($"{type}");
        switch (_random.Next(5))
        {
            case 0: _code.Tee(LocalOf(type, true)); return;
            case 1: _code.Op(Opcode.GlobalSet, GlobalOf(type)); break;
            case 2 when type == 'i': _code.I32(0x3F).Op(Opcode.I32And).Set(_firstAddress + (uint)_random.Next(2)); break;
            default: _code.Set(LocalOf(type, true)); break;
        }
        Pop(1);
    }

    private void Select()
    {
        char type = _stack.Count > _floor ? _stack[^1] : _shape.Type();
        Need($"{type}{type}");
        Condition();
        if (OneIn(2)) _code.Op(Opcode.Select);
        else _code.Op(Opcode.SelectT, 1).Raw(ModuleBuilder.ValueType(type));
        Pop(1);
    }

    /// <summary>Pushes an i32 that is used, and thus popped, at once: mostly a comparison.</summary>
    private void Condition()
    {
        if (OneIn(5)) Push('i');
        else
        {
            Push('i');
            Push('i');
            _code.Op((Opcode)((int)Opcode.I32Eq + _random.Next(10)));
            Pop(1);
        }
        while (OneIn(4)) _code.Op(Opcode.I32Eqz);
        Pop(1);
    }

    private uint LocalOf(char type, bool toWrite)
    {
        while (true)
        {
            int local = _random.Next(_locals.Length);
            if (OneIn(2)) local = _locals.Length - 1 - _random.Next(10);
            bool address = local == _firstAddress || local == _firstAddress + 1;
            if (_locals[local] == type && !(address && toWrite)) return (uint)local;
        }
    }

    private uint GlobalOf(char type)
    {
        while (true)
        {
            int global = _random.Next(_shape.Globals.Count);
            if (_shape.Globals[global] == type) return (uint)global;
        }
    }
}
