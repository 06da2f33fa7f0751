// SPDX-License-Identifier: MIT
// Firmware whose memory is the heap of the C library in place of a pool: glibc's on the host, newlib's on a Cortex-M, in the array that is
// set aside.
using System;
using System.IO;
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Emulate;
using Wamr.Nano.Tool.Measure;
using Xunit;
using Xunit.Abstractions;

namespace Wamr.Nano.Tests.Slow.Boards;

[Trait("Category", "Boards")]
public sealed class HeapAllocatorTests(ITestOutputHelper output) : IDisposable
{
    private const string Host = "host", Arm = "mps2-an386";

    private static readonly FirmwareOptions s_heap = new() { Allocator = BoardInfo.HeapAllocator };
    private static readonly FirmwareOptions s_lab = s_heap with { Program = FirmwareOptions.Lab };

    private readonly string _folder = Directory.CreateTempSubdirectory("heapboard").FullName;

    public static TheoryData<string> Boards => BoardKit.Names(board => board.Name is Host or Arm);

    public void Dispose() => Directory.Delete(_folder, true);

    [BoardTheory]
    [MemberData(nameof(Boards))]
    public void Apps_run_as_they_do_in_a_pool(string board)
    {
        AppPlan sensor = BoardKit.Function("samples/sensor/sensor.wasm", "run", 16);
        var (pooled, expected) = BoardKit.Run(board, sensor);
        var (result, console) = BoardKit.Run(board, sensor, s_heap);
        Assert.Equal((pooled.ExitCode, expected), (result.ExitCode, console));
        Assert.Equal(0u, result.Figure("pool", "total"));
        Assert.InRange(result.Figure("pool", "high") ?? 0, 1u, pooled.Figure("pool", "high") ?? 0);
        AppPlan kernel = BoardKit.Function("bench/kernels/sha256.wasm", "run", 1);
        Assert.Equal(BoardKit.Run(board, kernel).Result.Report("result"), BoardKit.Run(board, kernel, s_heap).Result.Report("result"));
    }

    /// <summary>The sanitizer's leak check ends a program with an error that has not given everything back.</summary>
    [BoardFact]
    public void Nothing_of_the_heap_stays_behind()
    {
        if (!BoardKit.IsUsable(Host)) return;
        FirmwareOptions watched = s_heap with { Optimize = "-O1", Flags = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"] };
        Assert.Equal(0, BoardKit.Run(Host, BoardKit.Function("samples/sensor/sensor.wasm", "run", 3), watched).Result.ExitCode);
    }

    [BoardTheory]
    [MemberData(nameof(Boards))]
    public void Random_operations_keep_contents_and_leave_nothing(string board)
    {
        foreach (uint[] how in new uint[][] { [0, 0], [1, 0], [0, 5] })
        {
            BoardResult result = BoardKit.Lab(board, PlanMode.Allocator,
                new() { ModuleFile = BoardKit.Tree.EmptyModule, Slots = how, PoolBytes = 8 << 10 }, s_lab);
            Assert.Equal((board, (uint?)0), (board, result.Figure("drill", "wrong")));
            // The host has more than anybody asks for.
            if (board != Host) Assert.NotEqual(0u, result.Figure("drill", "refused"));
        }
    }

    [SharedTheory("spec")]
    [MemberData(nameof(Boards))]
    public void Scripts_pass_with_each_allocation_failing_once(string board)
    {
        SuiteOnBoard suite = new(["i32", "i64", "fac", "forward", "stack"], SpecForms.Binary, hosted: false, "heap", output);
        BoardResult result =
            suite.Run(board, new() { ModuleFile = BoardKit.Tree.EmptyModule, Slots = [1, 1], StackBytes = 1 << 10 }, s_lab);
        Assert.InRange(result.Figure("spec", "denied") ?? 0, 100u, uint.MaxValue);
    }

    [BoardFact]
    public void A_heap_that_is_too_small_is_an_error_with_its_numbers()
    {
        if (!BoardKit.IsUsable(Arm)) return;
        ModuleBuilder m = new();
        m.Memory(4);
        m.Function(":", new Code(), export: "f");
        AppPlan plan = new() { ModuleFile = BoardKit.FileOf(m.Build()), Export = "f", PoolBytes = 64 << 10, Load = new(true, false) };
        Assert.StartsWith($"{(int)WasmError.OutOfMemory} asked={4 << 16}", BoardKit.Run(Arm, plan, s_heap).Result.Report("error"),
            StringComparison.Ordinal);
    }

    [BoardFact]
    public void The_board_chooses()
    {
        if (!BoardKit.IsUsable(Arm)) return;
        BoardInfo board = Copy("heap");
        string elf = FirmwareLink.Link(new(BoardKit.Tree, board, new()), BoardKit.Function("bench/footprint/app_hb.wasm", "run", 3, 5));
        Assert.Contains(new ElfFile(elf).Symbols(), symbol => symbol.Name == "wn_heap_take");
        Assert.Contains("no pool", Tool.Fit.BoardTrial.WhyNot(board), StringComparison.Ordinal);
        UsageException refusal = Assert.Throws<UsageException>(() => new FirmwareBuild(BoardKit.Tree, Copy("stack"), new()).Objects());
        Assert.Contains("'stack': there are heap, pool", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>The array is found by one name in every firmware: by debuggers, in the map, by wnano size.</summary>
    [BoardFact]
    public void The_pool_has_a_name()
    {
        if (!BoardKit.IsUsable(Arm)) return;
        BoardInfo board = BoardKit.Tree.Board(Arm);
        string elf = FirmwareLink.Link(new(BoardKit.Tree, board, new()), new() { ModuleFile = BoardKit.Tree.EmptyModule });
        ElfSymbol pool = new ElfFile(elf).Symbols().Single(symbol => symbol.Name == "global_heap_buf");
        Assert.Equal(board.Pool[0].Bytes, pool.Size);
        Assert.Contains("global_heap_buf", File.ReadAllText(Path.ChangeExtension(elf, ".map")), StringComparison.Ordinal);
        Assert.Contains("global_heap_buf", Wnano.Run("size", elf, "--all").Output, StringComparison.Ordinal);
    }

    private BoardInfo Copy(string allocator)
    {
        BoardInfo like = BoardKit.Tree.Board(Arm);
        string folder = Path.Combine(_folder, "test-allocator-" + allocator);
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.EnumerateFiles(like.Folder, "*.cs"))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), true);
        string json = Path.Combine(folder, BoardInfo.FileName);
        File.WriteAllText(json, "{\"allocator\": \""
            + allocator + "\"," + File.ReadAllText(Path.Combine(like.Folder, BoardInfo.FileName)).TrimStart()[1..]);
        return BoardInfo.Read(json);
    }
}
