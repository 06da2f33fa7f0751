// SPDX-License-Identifier: MIT
// A random module of float code: straight lines of neighbours, loops over arrays, moves, calls; and functions that read what it left.
using System;
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Tests.TestKit;

namespace Wamr.Nano.Tests.Slow.Differential.Floats;

internal sealed class FloatModule
{
    /// <summary>Values a function that reads gives at once.</summary>
    public const int Read = 16;

    private readonly Random _random;
    private readonly ModuleBuilder _builder = new();
    private readonly bool _canonical;

    /// <param name="random">Decides everything.</param>
    /// <param name="functions">How many there are besides those that read.</param>
    public FloatModule(Random random, int functions)
    {
        _random = random;
        // NaNs that can only be canonical are compared but for the sign, all others as what is no number.
        _canonical = random.Next(2) == 0;
        _builder.Memory(1, 1);
        FloatValues values = new(random, _canonical);
        for (int block = 0; block < FloatMemory.Blocks; block++) _builder.Data(block * FloatMemory.BlockBytes, Block(values));
        foreach (bool open in (bool[])[true, false])
            foreach (char type in "fF") _builder.Global(type, Zero(type), mutable: true, $"{type}{(open ? "open" : "exact")}");
        for (int n = 0; n < functions; n++)
        {
            Types.Add($"i{Letters(3)}:{Letters(2)}");
            FloatBody body = new(random, new(Types[n].Split(':')[0]), _canonical, Types);
            _builder.Function(Types[n], body.Generate(Types[n].Split(':')[1]), body.Locals, $"f{n}");
        }
        Readers();
    }

    /// <summary>Types of the functions "f0", "f1" and so on.</summary>
    public List<string> Types { get; } = [];

    public byte[] Build() => _builder.Build();

    /// <summary>Index of a global.</summary>
    public static uint Global(char type, bool open) => (open ? 0u : 2) + (type == 'F' ? 1u : 0);

    /// <summary>Arguments for a function: a block, and floats and integers of all kinds.</summary>
    public ulong[] Arguments(Random random, string parameters)
    {
        FloatValues values = new(random, _canonical);
        return [(ulong)(random.Next(FloatMemory.Blocks) * FloatMemory.BlockBytes), .. parameters.Skip(1).Select(values.Next)];
    }

    /// <summary>Calls of the functions that read all there is to compare.</summary>
    public IEnumerable<Call> Reads()
    {
        foreach (char type in "fF")
            for (uint cell = 0; cell < FloatMemory.Cells; cell += Read)
                yield return Reading(type, FloatMemory.Area(type, open: true) + (cell * FloatMemory.Size(type)));
        uint begin = FloatMemory.Area('i', open: false), end = FloatMemory.Area('F', open: false) + (FloatMemory.Cells * 8);
        for (uint at = begin; at < end; at += 8 * Read) yield return Reading('I', at);
        yield return new("globals", $":{Seen('f')}{Seen('F')}iI", []);
    }

    private Call Reading(char type, uint at) => new($"read {type}", ReaderType(type), [at]);

    private string ReaderType(char type) => $"i:{new string(Seen(type), Read)}";

    private void Readers()
    {
        foreach (char type in "fFI")
        {
            Code code = new();
            for (uint n = 0; n < Read; n++) See(code.Get(0).Op(FloatTree.LoadOf(type), 0, n * FloatMemory.Size(type)), type, 1);
            _builder.Function(ReaderType(type), code, "fF", $"read {type}");
        }
        Code globals = new();
        foreach (char type in "fF") See(globals.Op(Opcode.GlobalGet, Global(type, open: true)), type, 0);
        globals.Op(Opcode.GlobalGet, Global('f', open: false)).Op(Opcode.I32ReinterpretF32);
        globals.Op(Opcode.GlobalGet, Global('F', open: false)).Op(Opcode.I64ReinterpretF64);
        _builder.Function($":{Seen('f')}{Seen('F')}iI", globals, "fF", "globals");
    }

    /// <summary>What an open float is read as: itself, or its bits but for the sign of a NaN.</summary>
    private char Seen(char type) => !_canonical ? type : type == 'f' ? 'i' : 'I';

    /// <param name="code">Pushes the value.</param>
    /// <param name="type">Its type.</param>
    /// <param name="parameters">Of the function: behind them are a local of each float type.</param>
    private void See(Code code, char type, uint parameters)
    {
        if (!_canonical || type == 'I') return;
        uint local = parameters + (type == 'F' ? 1u : 0);
        code.Tee(local);
        if (type == 'f') code.Op(Opcode.I32ReinterpretF32).I32(-1).I32(int.MaxValue);
        else code.Op(Opcode.I64ReinterpretF64).I64(-1).I64(long.MaxValue);
        code.Get(local).Get(local).Op(type == 'f' ? Opcode.F32Eq : Opcode.F64Eq).Op(Opcode.Select);
        code.Op(type == 'f' ? Opcode.I32And : Opcode.I64And);
    }

    private string Letters(int most) => string.Concat(Enumerable.Range(0, _random.Next(most + 1)).Select(_ => "fFfFiI"[_random.Next(6)]));

    private static byte[] Block(FloatValues values) =>
    [
        .. Enumerable.Range(0, FloatMemory.Doubles).SelectMany(_ => BitConverter.GetBytes(values.Next('F'))),
        .. Enumerable.Range(0, FloatMemory.Floats).SelectMany(_ => BitConverter.GetBytes((uint)values.Next('f'))),
    ];

    private static Code Zero(char type) => type == 'f' ? new Code().F32(0) : new Code().F64(0);
}
