// SPDX-License-Identifier: MIT
// wnano run --board: links the app into the firmware, runs it on the board's emulator, and reports results and errors like those of a run
// on this machine.
using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Wamr.Nano.Tool.Apps;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Flash;
using Wamr.Nano.Tool.Printing;

namespace Wamr.Nano.Tool.Emulate;

/// <summary>The options of <c>wnano run</c> that speak of boards.</summary>
internal sealed class RunOnBoard
{
    private readonly Option<string?> _board = new("--board")
    {
        Description = "Run on this board's emulator; 'wnano boards' lists the boards.",
        HelpName = "name",
    };
    private readonly Option<string> _backend = FirmwareOptions.BackendOption();
    private readonly Option<bool> _count = new("--count") { Description = "With --board: count the instructions of the call." };
    private readonly Option<string?> _optimize = new("--optimize")
    {
        Description = "With --board: optimisation of the firmware's C code, such as -O2.",
        HelpName = "option",
    };

    /// <summary>How long an emulator runs where the command line does not say.</summary>
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(10);

    internal IEnumerable<Option> All => [_board, _backend, _count, _optimize];

    internal void AddTo(Command command)
    {
        foreach (Option option in All) command.Options.Add(option);
    }

    /// <summary>Whether a board is named, and what follows is for it.</summary>
    internal bool IsWanted(ParseResult parsed) => parsed.GetValue(_board) != null;

    /// <summary>Runs a module.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="module">The module's file.</param>
    /// <param name="invoke">Function and its arguments; empty for a WASI program.</param>
    /// <param name="plan">Sizes, arguments and environment; a size the command line does not name is 0.</param>
    /// <param name="json">Whether the result is printed as JSON.</param>
    /// <param name="profile">Whether to report calls and times of the functions.</param>
    /// <param name="timeout">How long the emulator may run; null: ten minutes.</param>
    /// <returns>The exit code.</returns>
    internal int Execute(ParseResult parsed, FileInfo module, string[] invoke, AppPlan plan, bool json, bool profile, TimeSpan? timeout)
    {
        SourceTree tree = SourceTree.Find();
        BoardInfo board = tree.Board(parsed.GetValue(_board)!);
        board.DemandRuns();
        bool count = parsed.GetValue(_count);
        if (count && board.CountArguments.Count == 0) throw new UsageException($"instructions cannot be counted on board '{board.Name}'");
        byte[] app = Host.Read(module);
        if (NanoRuntime.IsImage(app)) ImageTargets.Demand(app, board);
        using ModuleTypes types = new(app);
        if (invoke.Length != 0) plan = plan with { Export = invoke[0], Slots = types.Slots(invoke[0], invoke[1..]) };
        plan = plan with { Mode = count ? PlanMode.RunAndCount : PlanMode.Run };
        FirmwareBuild build = new(tree, board, new()
        {
            Backend = parsed.GetValue(_backend)!,
            Optimize = parsed.GetValue(_optimize),
            Meter = profile ? FirmwareOptions.ProfileMeter : FirmwareOptions.NoMeter,
        });
        string elf = FirmwareLink.Link(build, plan);
        using MemoryStream captured = new();
        using Stream console = json ? captured : Console.OpenStandardOutput();
        BoardResult result = BoardRun.ToEnd(board, elf, console, count, timeout ?? DefaultTimeout);
        Fail(result, plan, types, build, elf);
        NanoProfile? functions = profile ? BoardProfile.Of(result, types.FunctionName) : null;
        if (json)
        {
            JsonObject told = Json(result, captured);
            if (functions != null) told["profile"] = ProfileReport.Json(functions);
            Output.Json(told);
            return result.ExitCode;
        }
        Print(board, result, plan.Export);
        if (functions != null) ProfileReport.Print(functions);
        if (functions != null && count) Console.WriteLine("of the emulated processor 1 ms is 1,000,000 instructions");
        return result.ExitCode;
    }

    private static void Print(BoardInfo board, BoardResult result, string export)
    {
        WasmValue[] values = Results(result);
        if (values.Length != 0) Console.WriteLine($"{export}: {string.Join(", ", values)}");
        if (ImagePlace.Of(result) is ImagePlace place)
        {
            place.Print(board);
            Console.WriteLine(
                $"pool: {Bytes.Text(result.Figure("pool", "high") ?? 0)} B used: {Part("runtime")}, {Part("module")}, "
                + $"{Part("instance")}, {Part("env")}");
        }
        foreach (string step in new[] { "load", "checksum", "instantiate" })
            if (result.Figure(step, "instructions") is uint count) Console.WriteLine($"{step}: {Bytes.Text(count)} instructions");
        if (result.Figure("count", "instructions") is uint instructions) Console.WriteLine($"instructions: {Bytes.Text(instructions)}");

        string Part(string name) => $"{name} {Bytes.Text(result.Figure("pool", name) ?? 0)}";
    }

    private static JsonObject Json(BoardResult result, MemoryStream output)
    {
        JsonObject json = new()
        {
            ["exitCode"] = result.ExitCode,
            ["results"] = new JsonArray([.. Results(result).Select(value => (JsonNode)value.ToString())]),
            ["output"] = System.Text.Encoding.UTF8.GetString(output.ToArray()),
        };
        if (result.Figure("count", "instructions") is uint instructions) json["instructions"] = instructions;
        foreach (string step in new[] { "load", "checksum", "instantiate" })
            if (result.Figure(step, "instructions") is uint count) json[step + "Instructions"] = count;
        foreach (string name in new[] { "total", "used", "high" }) json["pool" + name] = result.Figure("pool", name);
        if (ImagePlace.Of(result) is ImagePlace place) json["image"] = place.Json();
        return json;
    }

    /// <summary>The values of <c>result 0x2a:i32</c>.</summary>
    private static WasmValue[] Results(BoardResult result) => [.. result.All("result").Select(line =>
    {
        string[] parts = line.Split(':');
        WasmType type = parts[1] switch
        {
            "i32" => WasmType.I32,
            "i64" => WasmType.I64,
            "f32" => WasmType.F32,
            "f64" => WasmType.F64,
            _ => WasmType.ExternRef,
        };
        return new WasmValue(type, ulong.Parse(parts[0].AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    })];

    /// <summary>As below, for a module that was not looked at yet.</summary>
    internal static void Fail(BoardResult result, AppPlan plan, FirmwareBuild build, string elf)
    {
        using ModuleTypes types = new(File.ReadAllBytes(plan.ModuleFile));
        Fail(result, plan, types, build, elf);
    }

    /// <summary>Throws the error, trap or fault that the firmware reported, in the words of a run on this machine.</summary>
    private static void Fail(BoardResult result, AppPlan plan, ModuleTypes types, FirmwareBuild build, string elf)
    {
        if (result.TimedOut) throw new ProgramFailedException("the run took too long and was ended; --timeout allows more");
        if (result.Report("fault") is string fault) throw new ProgramFailedException(FaultText.Explain(fault, build, elf));
        if (result.Report("error") is string error)
        {
            NanoImport? import = Import(error, types);
            string? detail = Code(error) == WasmError.UnknownExport ? types.Unknown(plan.Export)
                : import == null ? null
                : MissingImports.Text(import);
            string? note = Code(error) == WasmError.UnknownImport && import != null ? types.MissingNote(import) : null;
            throw new WasmException(Code(error), Details(error), detail: detail, note: note,
                refusal: RefusedFeature.Of(Code(error), Details(error), types.Binary));
        }
        if (result.Report("trap") is string trap)
        {
            WasmFrame[] frames = [.. result.All("at").Select(line => Frame(line, types))];
            bool isOfAddress = Code(trap) is WasmError.MemoryOutOfBounds or WasmError.BadAppAddress;
            string? note = isOfAddress ? types.CutNote(plan.Load.Or(build.Board.Load).WholePages) : null;
            string? unlinked = BoardResult.Number(trap, "index") is uint function ? types.ImportedFunction(function) : null;
            CallStackText callStack = new(frames, LeftOut(result, out int gap), gap);
            throw new WasmException(Code(trap), NanoRuntime.NoDetails, callStack, unlinked, note: note);
        }
        if (result.Report("pool") == null)
            throw new ProgramFailedException($"the firmware ended without a word, exit code {result.ExitCode}");
    }

    /// <summary>The number of functions left out of a deep call stack, and the number before them: <c>more 936 behind=48</c>.</summary>
    private static uint LeftOut(BoardResult result, out int gap)
    {
        string? more = result.Report("more");
        gap = more == null ? 0 : (int)(BoardResult.Number(more, "behind") ?? 0);
        return more == null ? 0 : uint.Parse(more.Split(' ')[0], CultureInfo.InvariantCulture);
    }

    private static WasmError Code(string report) => (WasmError)ushort.Parse(report.Split(' ')[0], CultureInfo.InvariantCulture);

    /// <summary>The import that could not be linked; null of other errors.</summary>
    private static NanoImport? Import(string error, ModuleTypes types) =>
        ImportResolver.IsOfLinking(Code(error)) && BoardResult.Number(error, "offset") is uint offset ? types.ImportAt(offset) : null;

    private static ErrorInfo Details(string report) => new()
    {
        Offset = BoardResult.Number(report, "offset") ?? ErrorInfo.Unknown,
        Index = BoardResult.Number(report, "index") ?? ErrorInfo.Unknown,
        Asked = BoardResult.Number(report, "asked") ?? 0,
        Free = BoardResult.Number(report, "free") ?? 0,
        Largest = BoardResult.Number(report, "largest") ?? 0,
    };

    private static WasmFrame Frame(string report, ModuleTypes types)
    {
        uint function = BoardResult.Number(report, "function") ?? 0;
        return new(function, types.FunctionName(function), BoardResult.Number(report, "offset") ?? ErrorInfo.Unknown);
    }
}
