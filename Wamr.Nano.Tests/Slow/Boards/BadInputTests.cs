// SPDX-License-Identifier: MIT
// A board refuses a bad app with the same words as this machine, and leaves nothing in its pool.
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Emulate;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Boards;

[Trait("Category", "Boards")]
public class BadInputTests
{
    /// <summary>One of each processor family, and the smallest.</summary>
    private static readonly string[] s_boards = ["host", "mps2-an386", "stm32f100", "riscv32", "xtensa"];

    private static readonly string[] s_cases =
    [
        "empty file", "no module", "version of a component", "truncated in a header", "truncated in the code",
        "one byte short", "one byte too many",
        "operand of the wrong type", "index of no function", "instruction of the SIMD proposal",
        "memory of 64-bit addresses", "unknown import",
        "memory larger than the pool", "more code than the pool holds", "unknown export",
    ];

    public static TheoryData<string, string> Cases
    {
        get
        {
            TheoryData<string, string> all = [];
            foreach (BoardInfo board in BoardKit.Usable.Where(board => s_boards.Contains(board.Name)))
                foreach (string name in s_cases) all.Add(board.Name, name);
            return all;
        }
    }

    [BoardTheory]
    [MemberData(nameof(Cases))]
    public void Bad_app_is_refused_in_the_words_of_this_machine_and_leaves_the_pool_as_it_was(string name, string wrong)
    {
        byte[] module = Make(wrong);
        WasmException expected = OnThisMachine(module);
        AppPlan plan = new() { ModuleFile = BoardKit.FileOf(module), Export = "run", PoolBytes = 4 << 10 };
        FirmwareBuild build = new(BoardKit.Tree, BoardKit.Tree.Board(name), new());
        var (result, console) = BoardKit.Run(name, plan);
        WasmException actual = Assert.Throws<WasmException>(() => RunOnBoard.Fail(result, plan, build, FirmwareLink.Link(build, plan)));
        Assert.Equal(expected.Error, actual.Error);
        // What was asked for and what was free is another number of bytes on another machine.
        if (actual.Error != WasmError.OutOfMemory) Assert.Equal(expected.Message, WithoutHint(actual.Message));
        Assert.Equal((1, ""), (result.ExitCode, console));
        Assert.Equal(UntouchedPool(name, wrong == "unknown import"), result.Figure("pool", "used"));
    }

    /// <summary>
    /// Bytes in use after a sound app that was not called: those of the runtime alone, which knows host modules once an app imports.
    /// </summary>
    private static uint? UntouchedPool(string name, bool imports) =>
        BoardKit.Run(name, new() { ModuleFile = imports ? BoardKit.FileOf(Import("wasi_snapshot_preview1", "proc_exit", "i:"))
            : BoardKit.Tree.EmptyModule, Export = "none", PoolBytes = 4 << 10 })
            .Result.Figure("pool", "used");

    /// <summary>The command line names the nearest export, too.</summary>
    private static string WithoutHint(string message) => Regex.Replace(message, @" \(did you mean '[^']*'\?\)", "");

    private static WasmException OnThisMachine(byte[] module) => Assert.Throws<WasmException>(() =>
    {
        using NanoRuntime runtime = new(16 << 10);
        runtime.LoadModule(module).Instantiate().GetFunction("run").Call();
    });

    private static byte[] Make(string wrong)
    {
        byte[] sound = File.ReadAllBytes(Repository.PathOf("bench/footprint/app_hb.wasm"));
        return wrong switch
        {
            "empty file" => [],
            "no module" => [.. "#!/bin/sh\n"u8],
            "version of a component" => [.. sound[..4], 0x0D, 0, 1, 0],
            "truncated in a header" => sound[..9],
            "truncated in the code" => sound[..200],
            "one byte short" => sound[..^1],
            "one byte too many" => [.. sound, 0],
            "operand of the wrong type" => Function(new Code().I64(1).Op(Opcode.I32Eqz).Op(Opcode.Drop)),
            "index of no function" => Function(new Code().Call(9)),
            "instruction of the SIMD proposal" => Function(new Code().Raw(0xFD, 0x0C)),
            "memory of 64-bit addresses" => [.. "\0asm"u8, 1, 0, 0, 0, 5, 3, 1, 4, 1],
            "unknown import" => Import("sensors", "smell", "i:i"),
            "memory larger than the pool" => LargeMemory(),
            "more code than the pool holds" => LargeCode(),
            _ => Function(new Code(), "ran"),
        };
    }

    private static byte[] Function(Code body, string export = "run")
    {
        ModuleBuilder m = new();
        m.Function(":", body, export: export);
        return m.Build();
    }

    private static byte[] Import(string module, string name, string signature)
    {
        ModuleBuilder m = new();
        uint f = m.ImportFunction(module, name, signature);
        m.Function(":", new Code().I32(1).Call(f).Op(Opcode.Unreachable), export: "run");
        return m.Build();
    }

    private static byte[] LargeMemory()
    {
        ModuleBuilder m = new();
        m.Memory(200);
        m.Function(":", new Code().I32(0).Op(Opcode.MemoryGrow).Op(Opcode.Drop), export: "run");
        return m.Build();
    }

    private static byte[] LargeCode()
    {
        ModuleBuilder m = new();
        Code code = new();
        for (int i = 0; i < 4000; i++) code.Get(0).I32(i).Op(Opcode.I32Mul).Set(0);
        m.Function(":", code, "i", "run");
        return m.Build();
    }
}
