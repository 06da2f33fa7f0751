// SPDX-License-Identifier: MIT
// A profile of a run on a board: the calls of this machine, interpreted and as images; parts of the pool and stacks as wnano fit computes
// them.
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Emulate;
using Wamr.Nano.Tool.Fit;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Boards;

[Trait("Category", "Boards")]
public class BoardProfileTests
{
    private const string Arm = "mps2-an386";

    private static readonly FirmwareOptions s_options = new() { Meter = FirmwareOptions.ProfileMeter };

    public static TheoryData<string> Boards => BoardKit.Names(board => board.Name is "host" or Arm or "riscv32");

    private static string Calls(NanoProfile profile) =>
        string.Join(", ", profile.Functions.OrderBy(f => f.Index).Select(f => $"{f.Index}: {f.Calls}"));

    private static string CallsHere(AppPlan plan)
    {
        using NanoRuntime runtime = new(new NanoRuntimeOptions { PoolBytes = 0, Profiled = true });
        NanoInstance instance = runtime.LoadModule(File.ReadAllBytes(plan.ModuleFile)).Instantiate(new() { StackBytes = 64 << 10 });
        instance.GetFunction(plan.Export).Call((int)plan.Slots[0]);
        return Calls(instance.ExecEnv.Profile!);
    }

    private static NanoProfile Profile(BoardResult result)
    {
        Assert.Null(result.Report("error"));
        return BoardProfile.Of(result, _ => null);
    }

    [BoardTheory]
    [MemberData(nameof(Boards))]
    public void Calls_are_those_of_this_machine(string board)
    {
        AppPlan plan = BoardKit.Function("bench/kernels/fib.wasm", "run", 9);
        NanoProfile profile = Profile(BoardKit.Run(board, plan, s_options).Result);
        Assert.Equal(CallsHere(plan), Calls(profile));
        Assert.True(profile.Time > 0);
        if (BoardKit.TargetOf(BoardKit.Tree.Board(board)) == null) return;
        Assert.Equal(CallsHere(plan),
            Calls(Profile(BoardKit.Run(board, BoardKit.Compiled(board, plan, new() { Profile = true }), s_options).Result)));
    }

    /// <summary>
    /// Where an instruction takes a nanosecond, times are instructions: about as many as the whole call, for an image as well.
    /// </summary>
    [BoardFact]
    public void Times_are_instructions_where_those_are_counted()
    {
        if (!BoardKit.IsUsable(Arm)) return;
        AppPlan plan = BoardKit.Function("bench/kernels/crc32.wasm", "run", 1) with { Mode = PlanMode.RunAndCount };
        foreach (AppPlan run in new[] { plan, BoardKit.Compiled(Arm, plan, new() { Profile = true }) })
        {
            BoardResult result = BoardKit.Run(Arm, run, s_options, count: true).Result;
            uint all = result.Figure("count", "instructions") ?? 0;
            Assert.InRange(Profile(result).Time, all * 9ul / 10, all);
        }
    }

    [BoardFact]
    public void An_image_that_was_not_compiled_for_profiles_has_none()
    {
        if (!BoardKit.IsUsable(Arm)) return;
        AppPlan plan = BoardKit.Compiled(Arm, BoardKit.Function("bench/kernels/fib.wasm", "run", 9));
        Assert.Empty(Profile(BoardKit.Run(Arm, plan, s_options).Result).Functions);
    }

    [BoardTheory]
    [MemberData(nameof(Boards))]
    public void Parts_add_up_to_what_the_allocator_counts_and_are_what_fit_computes(string board)
    {
        AppPlan plan = BoardKit.Function("samples/sensor/sensor.wasm", "run", 8);
        BoardResult result = BoardKit.Run(board, plan, s_options).Result;
        Dictionary<string, uint> parts = [];
        foreach (string line in result.All("parts"))
        {
            string[] fields = line.Split(' ');
            uint Of(string name) => BoardResult.Number(line, name) ?? 0;
            uint used = Of("used");
            Assert.Equal((fields[0], used), (fields[0], (uint)fields[1..^1].Sum(field => Of(field.Split('=')[0]))));
            foreach (string field in fields[1..^1]) parts[$"{fields[0]} {field.Split('=')[0]}"] = Of(field.Split('=')[0]);
        }
        if (!BoardKit.Tree.Board(board).IsFreestanding) return;
        byte[] module = File.ReadAllBytes(Repository.PathOf("samples/sensor/sensor.wasm"));
        AppFit fit = AppFit.Of(new() { Module = module, Invoke = ["run", "8"], Arguments = ["app.wasm"] }, 64 << 10);
        Assert.Equal(fit.Board.Parts[RamPart.LinearMemory], parts["instance memory"]);
        Assert.Equal(fit.Board.Parts[RamPart.ExecEnv], parts["env structure"]);
        Assert.Equal(fit.Board.Parts[RamPart.HostFunctions], parts["runtime hostfunctions"]);
        uint tables = fit.Board.Parts[RamPart.Module];
        Assert.Equal(tables,
            (uint)new[] { "structure", "types", "functions", "globals", "tables", "segments" }.Sum(part => parts["module " + part]));
        Assert.Equal(fit.Board.StackBytes, System.Math.Max(Config.MinStackBytes, result.Figure("profile", "operand") ?? 0));
    }
}
