// SPDX-License-Identifier: MIT
// The way out of a cut memory at every front door: whole pages, and C's stack unchecked; what fit advises, and what check warns of.
using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Fit;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Tools;

public sealed class WholePagesTests : IDisposable
{
    private const string WholePages = "--whole-pages", Exports = "--export=__heap_base";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wnano-pages");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>A bump allocator that takes what lies from __heap_base on.</summary>
    private static byte[] Bump(params string[] options) =>
        Cases.C("export_all_bump.c", ["-O2", "-z", "stack-size=1024", "-Wl,--export=sum", .. options]);

    [SharedFact("cases")]
    public void Commands_take_whole_pages_for_an_app_that_uses_what_lies_behind()
    {
        if (!Cases.HasClang) return;
        string app = Written("app.wasm", Bump("-Wl,--export-all")), image = Path.Combine(_folder.FullName, "app.xip");
        ProcessResult cut = Wnano.Run("run", app, "--invoke", "sum", "100");
        Assert.Equal(1, cut.ExitCode);
        Assert.Matches(@"^WN5002 .*; address [\d,]+ lies beyond __heap_base, .* --whole-pages leaves the memory whole", cut.Error);
        Assert.Equal("sum: 4950\n", Wnano.Run("run", app, WholePages, "--invoke", "sum", "100").Output);
        Assert.Contains(WholePages, Wnano.Run("fit", app, "--invoke", "sum", "100").Error, StringComparison.Ordinal);
        Assert.True((uint)Json("fit", app, WholePages, "--json", "--invoke", "sum", "100")["pool"]! > 65536);
        Assert.True((uint)Json("estimate", app, "--json")["pool"]! < 8192);
        Assert.True((uint)Json("estimate", app, WholePages, "--json")["pool"]! > 65536);
        Assert.Equal(0, Wnano.Run("compile", app, "--bytecode", "--target", "x86_64", WholePages, "-o", image).ExitCode);
        Assert.Equal("sum: 4950\n", Wnano.Run("run", image, "--invoke", "sum", "100").Output);
        ProcessResult late = Wnano.Run("run", image, WholePages, "--invoke", "sum", "100");
        Assert.Equal(2, late.ExitCode);
        Assert.Contains("wnano compile", late.Error, StringComparison.Ordinal);
    }

    [SharedFact("cases")]
    public void Check_warns_of_code_and_data_that_speak_of_addresses_at_or_beyond_the_heap_base()
    {
        if (!Cases.HasClang) return;
        string app = Written("app.wasm", Bump("-Wl,--export-all"));
        ProcessResult check = Wnano.Run("check", app);
        Assert.Equal(0, check.ExitCode);
        Assert.Matches(@"warning: the constant 2,0\d\d at offset 0x[0-9a-f]+ could be an address at or beyond __heap_base\n", check.Output);
        Assert.Contains("(--whole-pages)", check.Output, StringComparison.Ordinal);
        Assert.True(Json("check", app, "--json")["warnings"]!.AsArray().Count >= 2);
        Assert.DoesNotContain("warning", Wnano.Run("check", app, WholePages).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("warning", Wnano.Run("check", Repository.PathOf("samples/sensor/sensor.wasm")).Output,
            StringComparison.Ordinal);
        // Of data: a table of pointers.
        Assert.Contains("word 2,000 at address 24", Wnano.Run("check", Written("data.wasm", CutApp(m => m.Data(24, 0xD0, 7, 0, 0)))).Output,
            StringComparison.Ordinal);
        Assert.Contains("global 2, which begins as 3,000", Wnano.Run("check",
            Written("global.wasm", CutApp(m => m.Global('i', new Code().I32(3000), mutable: true)))).Output, StringComparison.Ordinal);
    }

    /// <summary>Without the exports the app works; with them it would trap.</summary>
    [SharedTheory("cases")]
    [InlineData("export_all_bump.c", "-O2", 100)]
    [InlineData("export_all_bump.c", "-Os", 1000)]
    [InlineData("trim_pointer_in_data.c", "-O2", 1000)]
    [InlineData("trim_base_below_offset_above.c", "-O1", 10)]
    public void Fit_does_not_advise_exports_whose_cut_the_run_contradicts(string source, string optimization, int argument)
    {
        if (!Cases.HasClang) return;
        byte[] app = Cases.C(source, optimization, "-z", "stack-size=2048", "-Wl,--export=sum");
        AppFit fit =
            AppFit.Of(new() { Module = app, Invoke = ["sum", argument.ToString(System.Globalization.CultureInfo.InvariantCulture)] }, 4096);
        Assert.DoesNotContain(Advice.For(fit.Board, fit.Facts, fit.AuxStackUsed, fit.DoesWith, 10),
            advice => advice.Option.Contains(Exports, StringComparison.Ordinal));
        byte[] exporting =
            Cases.C(source, optimization, "-z", "stack-size=2048", "-Wl,--export=sum", "-Wl,--export=__heap_base,--export=__data_end");
        Assert.Equal(WasmError.MemoryOutOfBounds, HostRun.Try(fit.Request with { Module = exporting }, 0, 4096).Error);
        AppFit whole = AppFit.Of(fit.Request with { Module = exporting, Load = new(true, false) }, 4096);
        Assert.Equal(fit.Outcome, whole.Outcome);
        Assert.DoesNotContain(Advice.For(whole.Board, whole.Facts, whole.AuxStackUsed, whole.DoesWith, 10),
            advice => advice.Option.Contains(WholePages, StringComparison.Ordinal));
    }

    [Fact]
    public void Fit_advises_the_cut_of_an_app_that_does_with_it()
    {
        byte[] app = CutApp(_ => { });
        AppFit fit = AppFit.Of(new() { Module = app, Invoke = ["f"], Load = new(true, false) }, 4096);
        Assert.Contains(Advice.For(fit.Board, fit.Facts, fit.AuxStackUsed, fit.DoesWith),
            advice => advice is { Option: "without --whole-pages", Saves: 64496 });
    }

    /// <summary>A start function that has been there leaves zeros, or not.</summary>
    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void What_a_start_function_left_behind_the_cut_contradicts_it(int value, bool isAdvised)
    {
        byte[] app = CutApp(m => m.Start(m.Function(":", new Code().I32(5000).I32(value).Op(Opcode.I32Store, 2, 0))));
        AppFit fit = AppFit.Of(new() { Module = app, Invoke = ["f"], Load = new(true, false) }, 4096);
        Assert.Equal(isAdvised, Advice.For(fit.Board, fit.Facts, fit.AuxStackUsed, fit.DoesWith)
            .Any(advice => advice.Option == "without --whole-pages"));
    }

    [Theory]
    [InlineData(1u, null, 64512u)]
    [InlineData(1u, 1u, 0u)]
    [InlineData(2u, null, 64512u)]
    public void Advice_names_an_app_heap_that_costs_a_page(uint pages, uint? most, uint saves)
    {
        ModuleBuilder m = new();
        m.Memory(pages, most, export: "memory");
        m.Function(":i", new Code().I32(0).Op(Opcode.I32Load, 2, 0), export: "f");
        using Estimation estimation = new(new() { Module = m.Build(), HeapBytes = 1024 }, 0);
        Advice? advice = Advice.For(estimation.Need, estimation.Facts, null, null, 10)
            .SingleOrDefault(one => one.What.Contains("app heap", StringComparison.Ordinal));
        Assert.Equal(saves, advice?.Saves ?? 0);
    }

    [Fact]
    public void Board_and_options_decide_how_a_firmware_loads()
    {
        SourceTree tree = new(Repository.PathOf(""));
        BoardInfo board = tree.Board("host");
        Assert.Equal(default, board.Load);
        AppPlan plan = new() { ModuleFile = tree.EmptyModule };
        Assert.Contains(".whole_pages = 0, .unchecked_c_stack = 0,", plan.Source(board, "plan.h"), StringComparison.Ordinal);
        Assert.Contains(".whole_pages = 1, .unchecked_c_stack = 0,", (plan with { Load = new(true, false) })
            .Source(board, "plan.h"), StringComparison.Ordinal);
        string copy = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder.FullName, "mine")).FullName, BoardInfo.FileName);
        JsonNode json = JsonNode.Parse(File.ReadAllText(Path.Combine(board.Folder, BoardInfo.FileName)))!;
        (json["wholePages"], json["cStackChecks"]) = (true, false);
        File.WriteAllText(copy, json.ToJsonString());
        BoardInfo mine = BoardInfo.Read(copy);
        Assert.Equal(new(true, true), mine.Load);
        Assert.Contains(".whole_pages = 1, .unchecked_c_stack = 1,", plan.Source(mine, "plan.h"), StringComparison.Ordinal);
    }

    /// <summary>The firmware of this machine, which every other shares.</summary>
    [Trait("Category", "Boards")]
    [SharedFact("cases")]
    public void Firmware_has_whole_pages_and_unchecked_stacks_where_options_say_so()
    {
        if (!Cases.HasClang || new SourceTree(Repository.PathOf("")).Board("host").MissingPackages.Count != 0) return;
        string app = Written("app.wasm", Bump("-Wl,--export-all")), stack = Written("stack.wasm", StackApp());
        ProcessResult cut = Wnano.Run("run", app, "--board", "host", "--invoke", "sum", "100");
        Assert.Matches("WN5002 .*the memory is cut off at __heap_base .*--whole-pages leaves the memory whole", cut.Error);
        Assert.Equal("sum: 4950\n", Wnano.Run("run", app, WholePages, "--board", "host", "--invoke", "sum", "100").Output);
        Assert.Contains("WN5013", Wnano.Run("run", stack, "--board", "host", "--invoke", "f", "4000").Error, StringComparison.Ordinal);
        Assert.Equal("f: 4000\n", Wnano.Run("run", stack, "--no-c-stack-check", "--board", "host", "--invoke", "f", "4000").Output);
        Assert.Equal(0, Wnano.Run("build", app, WholePages, "--board", "host").ExitCode);
    }

    [Fact]
    public void Commands_let_apps_change_their_stacks()
    {
        string app = Written("stack.wasm", StackApp()), image = Path.Combine(_folder.FullName, "stack.xip");
        ProcessResult run = Wnano.Run("run", app, "--invoke", "f", "4000");
        Assert.StartsWith("WN5013", run.Error, StringComparison.Ordinal);
        Assert.Contains("--no-c-stack-check", run.Error, StringComparison.Ordinal);
        Assert.Equal("f: 4000\n", Wnano.Run("run", app, "--no-c-stack-check", "--invoke", "f", "4000").Output);
        Assert.Equal(0, Wnano.Run("fit", app, "--no-c-stack-check", "--invoke", "f", "4000").ExitCode);
        Assert.Equal(0, Wnano.Run("compile", app, "--bytecode", "--target", "x86_64", "--no-c-stack-check", "-o", image).ExitCode);
        Assert.Equal("f: 4000\n", Wnano.Run("run", image, "--invoke", "f", "4000").Output);
    }

    /// <summary>Data from 16 to 24, the heap from 1,040 on.</summary>
    private static byte[] CutApp(Action<ModuleBuilder> change)
    {
        ModuleBuilder m = new();
        m.Memory(1);
        m.Global('i', new Code().I32(1040), export: "__heap_base");
        m.Global('i', new Code().I32(32), export: "__data_end");
        m.Function(":i", new Code().I32(0).Op(Opcode.I32Load, 2, 16), export: "f");
        m.Data(16, 42, 0, 0, 0);
        change(m);
        return m.Build();
    }

    private static byte[] StackApp()
    {
        ModuleBuilder m = new();
        m.Memory(1);
        m.Global('i', new Code().I32(1040), mutable: true, export: "__stack_pointer");
        m.Global('i', new Code().I32(1040), export: "__heap_base");
        m.Global('i', new Code().I32(32), export: "__data_end");
        m.Function("i:i", new Code().Get(0).Op(Opcode.GlobalSet, 0).Op(Opcode.GlobalGet, 0), export: "f");
        return m.Build();
    }

    private string Written(string name, byte[] module)
    {
        string file = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(file, module);
        return file;
    }

    private static JsonNode Json(params string[] arguments)
    {
        ProcessResult r = Wnano.Run(arguments);
        Assert.True(r.ExitCode == 0, r.Error);
        return JsonNode.Parse(r.Output)!;
    }
}
