// SPDX-License-Identifier: MIT
// Loading takes time proportional to size, whatever the module is made of: instructions are counted on the emulated Cortex-M4F.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Emulate;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Boards;

public class LinearLoadTests
{
    private const double MostGrowth = 2.2;

    private static readonly Dictionary<string, (int Size, Action<ModuleBuilder, int> Make)> Shapes = new()
    {
        ["globals that begin like a stack"] = (800, StackLike),
        ["blocks above many operands"] = (1000, Blocks),
        ["functions of 50,000 locals"] = (60, (m, n) => Repeat(n, _ => m.RawFunction(":", [1, 0xD0, 0x86, 3, 0x7F, 0x0B]))),
        ["runs of one local each"] = (1000, Runs),
        ["equal types"] = (1500, (m, n) => Repeat(n, _ => m.Type("iIfFiIfF:i"))),
        ["different types"] = (500, (m, n) => Repeat(n, k => m.Type($"{Bits(k, "iI")}:"))),
        ["exports with long names"] = (100, (m, n) => Repeat(n, k => m.Export(new string('x', 100) + k, 0, 0))),
        ["imports"] = (300, (m, n) => Repeat(n, k => m.ImportFunction("env", $"f{k}", ":"))),
        ["small functions"] = (1500, (m, n) => Repeat(n, _ => m.Function(":", new Code()))),
        ["blocks in blocks"] = (400, Nested),
        ["a branch table"] = (2000, (m, n) => m.Function("i:", new Code().Get(0).Op(Opcode.BrTable, [(uint)n, .. new uint[n + 1]]))),
        ["branches to one label"] = (1500, (m, n) => Body(m, n, "i:", code => code.Get(0).Op(Opcode.BrIf, 0))),
        ["active data segments"] = (800, (m, n) => Repeat(n, k => m.Data(k, 1, 2))),
        ["passive element segments"] = (800, (m, n) => Repeat(n, _ => m.PassiveElements(0))),
        ["one long element segment"] = (3000, (m, n) => m.PassiveElements(new uint[n])),
        ["calls with many parameters"] = (40, ManyArguments),
        ["locals read before they are set"] = (600, (m, n) => Body(m, n, "i:", code => code.Get(0).I32(7).Set(0).Op(Opcode.Drop))),
        ["constants in a loop"] = (800, LoopConstants),
        ["code that nothing reaches"] = (4000, Dead),
        ["arithmetic in a row"] = (3000, (m, n) => Straight(m, n)),
        ["loops one after another"] = (1000, (m, n) => Body(m, n, ":", code => code.Open(Opcode.Loop).End())),
        ["custom sections"] = (800, (m, n) => Repeat(n, k => m.Custom($"c{k}", 1, 2, 3))),
    };

    public static TheoryData<string> Names => [.. Shapes.Keys];

    private static void Repeat(int count, Action<int> make)
    {
        for (int n = 0; n < count; n++) make(n);
    }

    private static string Bits(int n, string letters) => string.Concat(Enumerable.Range(0, 12).Select(bit => letters[n >> bit & 1]));

    private static void Body(ModuleBuilder m, int count, string type, Action<Code> add)
    {
        Code code = new();
        for (int n = 0; n < count; n++) add(code);
        m.Function(type, code);
    }

    private static void StackLike(ModuleBuilder m, int n)
    {
        m.Global('i', new Code().I32(1024), export: "__heap_base");
        m.Global('i', new Code().I32(512), export: "__data_end");
        Repeat(n, _ => m.Global('i', new Code().I32(16), mutable: true));
        Repeat(n / 2, _ => m.Data(16));
        m.Data(0);
    }

    private static void Blocks(ModuleBuilder m, int n)
    {
        Code code = new();
        for (int k = 0; k < n; k++) code.I32(0);
        for (int k = 0; k < n; k++) code.Open(Opcode.Block).End();
        for (int k = 0; k < n; k++) code.Op(Opcode.Drop);
        m.Function(":", code);
    }

    private static void Runs(ModuleBuilder m, int n)
    {
        Code code = new();
        for (uint k = 0; k < n; k++) code.Get(k).Op(Opcode.Drop);
        m.Function(":", code, string.Concat(Enumerable.Range(0, n).Select(k => "iI"[k & 1])));
    }

    private static void Nested(ModuleBuilder m, int n)
    {
        Code code = new();
        for (int k = 0; k < n; k++) code.Open(Opcode.Block);
        for (int k = 0; k < n; k++) code.End();
        m.Function(":", code);
    }

    private static void ManyArguments(ModuleBuilder m, int n)
    {
        const int parameters = 100;
        uint callee = m.Function(new string('i', parameters) + ":", new Code());
        Body(m, n, ":", code =>
        {
            for (int k = 0; k < parameters; k++) code.I32(k);
            code.Call(callee);
        });
    }

    private static void LoopConstants(ModuleBuilder m, int n)
    {
        Code code = new Code().Open(Opcode.Loop);
        for (int k = 0; k < n; k++) code.I32(1000 + k).Op(Opcode.Drop);
        m.Function(":", code.End());
    }

    private static void Dead(ModuleBuilder m, int n)
    {
        Code code = new Code().Op(Opcode.Unreachable);
        for (int k = 0; k < n; k++) code.Op(Opcode.I32Add).Op(Opcode.Drop);
        m.Function(":", code);
    }

    private static void Straight(ModuleBuilder m, int n)
    {
        Code code = new Code().Get(0);
        for (int k = 0; k < n; k++) code.Op(Opcode.F64Sqrt);
        m.Function("F:F", code);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Twice_the_size_takes_no_more_than_about_twice_the_instructions(string shape)
    {
        SourceTree tree = new(Repository.PathOf(""));
        BoardInfo board = tree.Board("mps2-an386");
        if (board.Missing().Count != 0) return;
        (int size, Action<ModuleBuilder, int> make) = Shapes[shape];
        long once = Load(tree, board, make, size), twice = Load(tree, board, make, 2 * size);
        Assert.True(twice <= once * MostGrowth, $"{once} instructions, then {twice}: {(double)twice / once:F2} times as many");
    }

    /// <summary>Instructions that loading a module takes. Whether it can be instantiated does not matter.</summary>
    private static long Load(SourceTree tree, BoardInfo board, Action<ModuleBuilder, int> make, int size)
    {
        ModuleBuilder m = new();
        // Imports come before what is defined.
        if (make != Shapes["imports"].Make) m.Function(":", new Code(), export: "run");
        m.Memory(1);
        m.Table(1);
        make(m, size);
        string file = Path.GetTempFileName();
        try
        {
            byte[] module = m.Build();
            // One that is refused takes no time at all.
            using (NanoRuntime runtime = new(new NanoRuntimeOptions { PoolBytes = 0 })) runtime.LoadModule(module).Dispose();
            File.WriteAllBytes(file, module);
            AppPlan plan = new() { ModuleFile = file, Export = "run", Mode = PlanMode.RunAndCount };
            BoardResult result =
                BoardRun.Run(board, FirmwareLink.Link(new(tree, board, new()), plan), Stream.Null, true, TimeSpan.FromMinutes(2));
            return result.Figure("load", "instructions")
                ?? throw new InvalidOperationException($"{size}: {string.Join(", ", result.Reports)}");
        }
        finally
        {
            File.Delete(file);
        }
    }
}
