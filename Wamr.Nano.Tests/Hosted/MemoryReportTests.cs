// SPDX-License-Identifier: MIT
// The memory report: its parts are the allocator's counts to the byte, its high-water marks what wnano fit finds, and asking takes nothing.
using System;
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Xip;
using Wamr.Nano.Tests.Tools;
using Wamr.Nano.Tool.Fit;
using Wamr.Nano.Tool.Usage;
using Wamr.Nano.Xip;
using Xunit;

namespace Wamr.Nano.Tests.Hosted;

public unsafe class MemoryReportTests
{
    public static TheoryData<string> Memories => ["pool", "regions", "red zones", "system"];

    private static NanoRuntime Runtime(string memory)
    {
        NanoRuntime runtime =
            new(new NanoRuntimeOptions { PoolBytes = memory == "system" ? 0 : 512u << 10, RedZones = memory == "red zones" });
        if (memory == "regions") runtime.AddRegion(300_001);
        return runtime;
    }

    /// <summary>The report, which is the allocator's counts and changes none of them.</summary>
    private static NanoMemoryReport Exact(NanoRuntime runtime)
    {
        NanoMemoryStatistics before = runtime.Statistics;
        NanoMemoryReport report = runtime.GetMemoryReport();
        Assert.Equal(before, runtime.Statistics);
        Assert.Equal(before, report.Statistics);
        IEnumerable<NanoInstanceMemory> instances = report.Modules.SelectMany(m => m.Instances);
        Assert.Equal(before.Runtime.Used, (uint)report.Runtime.Sum(p => p.Bytes));
        Assert.Equal(before.Modules.Used, (uint)report.Modules.Sum(m => m.Bytes));
        Assert.Equal(before.Instances.Used, (uint)instances.Sum(i => i.Bytes));
        Assert.Equal(before.ExecEnvs.Used, (uint)instances.SelectMany(i => i.ExecEnvs).Sum(e => e.Bytes));
        return report;
    }

    private static uint Part(IReadOnlyList<NanoMemoryPart> parts, string name) => parts.SingleOrDefault(part => part.Name == name).Bytes;

    /// <summary>A module with something of everything.</summary>
    private static byte[] Everything()
    {
        ModuleBuilder m = new();
        uint host = m.ImportFunction("env", "host", "i:i");
        m.Memory(1, 2, export: "memory");
        m.Table(7, 9, export: "table");
        m.Global('i', new Code().I32(5), mutable: true);
        m.Global('I', new Code().I64(5), mutable: true);
        m.Data(8, 1, 2, 3);
        m.PassiveData(1, 2, 3);
        m.Function("i:i", new Code().Get(0).Call(host), export: "f");
        m.Function(":", new Code().Op(Opcode.Unreachable), export: "trap");
        m.Function("i:i", new Code().Get(0).Op(Opcode.MemoryGrow, 0), export: "grow");
        return m.Build();
    }

    [Theory]
    [MemberData(nameof(Memories))]
    public void Parts_add_up_to_what_the_allocator_counts(string memory)
    {
        using NanoRuntime runtime = Runtime(memory);
        Exact(runtime);
        runtime.AddWasi();
        runtime.DefineFunc("env", "host", (int x) => x);
        Exact(runtime);
        NanoModule module = runtime.LoadModule(Everything()), other = runtime.LoadModule(SmallModules.Memory);
        Exact(runtime);
        NanoInstance instance = module.Instantiate(new() { HeapBytes = 1000 });
        other.Instantiate();
        void* block = runtime.Alloc(1001);
        NanoMemoryReport report = Exact(runtime);
        Assert.True(Part(report.Runtime, "blocks of the host") >= 1001);
        instance.GetFunction("f").Call(1);
        instance.CreateExecEnv(4096);
        report = Exact(runtime);
        Assert.Equal([2, 0], report.Modules.SelectMany(m => m.Instances).Select(i => i.ExecEnvs.Count));
        Assert.Throws<WasmException>(() => instance.GetFunction("trap").Call());
        Exact(runtime);
        runtime.Free(block);
        module.Instantiate();
        byte* buffer = stackalloc byte[2000];
        using NanoExecEnv outside = instance.CreateExecEnv(buffer, 2000);
        report = Exact(runtime);
        Assert.Equal(0u, report.Modules[0].Instances[0].ExecEnvs[0].Bytes);
        instance.GetFunction("grow").Call(1);
        Assert.Equal(instance.Memory.Size, (long)Part(Exact(runtime).Modules[0].Instances[0].Parts, "linear memory"));
        module.Dispose();
        Exact(runtime);
    }

    [Theory]
    [InlineData("bytecode")]
    [InlineData("fixed memory")]
    [InlineData("open memory")]
    [InlineData("guard pages")]
    public void Images_take_what_the_allocator_counts(string kind)
    {
        if (kind != "bytecode" && !XipEngine.IsPossible) return;
        CompileOptions options = new() { Target = "x86_64", Jobs = 1, Open = kind == "open memory", GuardPages = kind == "guard pages" };
        byte[] image = kind == "bytecode" ? ImageKit.Bytecode(SmallModules.Memory) : ImageCompiler.Compile(SmallModules.Memory, options);
        using NanoRuntime runtime = Runtime("pool");
        NanoInstance instance = runtime.LoadImage(image).Instantiate();
        _ = instance.ExecEnv;
        NanoInstanceMemory report = Exact(runtime).Modules[0].Instances[0];
        Assert.Equal(kind == "guard pages" ? (1u << 16, 0u) : (0u, 1u << 16), (report.OutsideBytes, Part(report.Parts, "linear memory")));
    }

    [Fact]
    public void What_others_use_of_a_disposed_module_is_still_reported()
    {
        using NanoRuntime runtime = Runtime("pool");
        NanoModule module = runtime.LoadModule(SmallModules.Memory);
        NanoInstance instance = module.Instantiate();
        ModuleBuilder m = new();
        m.ImportMemory("env", "memory", 1);
        NanoInstance user = runtime.LoadModule(m.Build())
            .Instantiate(new() { Imports = new Dictionary<string, NanoInstance> { ["env"] = instance } });
        module.Dispose();
        Assert.Equal(2, Exact(runtime).Modules.Count);
        user.Dispose();
        Assert.Single(Exact(runtime).Modules);
    }

    [Fact]
    public void Use_of_the_app_heap_is_known_at_any_time()
    {
        using NanoRuntime runtime = Runtime("pool");
        NanoInstance instance = runtime.LoadModule(SmallModules.Memory).Instantiate(new() { HeapBytes = 1024 });
        NanoFill Heap() => runtime.GetMemoryReport().Modules[0].Instances[0].AppHeap!.Value;
        Assert.Equal(new NanoFill(1024, 0), Heap());
        uint a = instance.AppAlloc(100), b = instance.AppAlloc(100);
        instance.AppFree(a);
        instance.AppFree(b);
        instance.AppAlloc(10);
        Assert.Equal(new NanoFill(1024, 208), Heap());
        Assert.Throws<WasmException>(() => instance.AppFree(b));
        Assert.Equal(new NanoFill(1024, 208), Heap());
    }

    [Theory]
    [MemberData(nameof(FitTests.Apps), MemberType = typeof(FitTests))]
    public void Report_has_the_figures_of_fit(string app, string call)
    {
        RunRequest request = FitTests.RequestOf(app, call);
        AppFit fit = AppFit.Of(request, 64 << 10);
        NanoInstanceMemory instance = Report(request, fit.Host.StackBytes, profiled: false, out IReadOnlyList<NanoMemoryPart> module);
        uint Fits(RamPart part) => fit.Host.Parts.GetValueOrDefault(part);
        Assert.Equal(Fits(RamPart.Code), Part(module, "register code"));
        Assert.Equal(Fits(RamPart.Module), (uint)module.Where(p => p.Name is not ("register code" or "allocator")).Sum(p => p.Bytes));
        Assert.Equal(Fits(RamPart.LinearMemory), Part(instance.Parts, "linear memory"));
        Assert.Equal(Fits(RamPart.Tables), Part(instance.Parts, "tables"));
        NanoExecEnvMemory env = Assert.Single(instance.ExecEnvs);
        Assert.Equal((Fits(RamPart.ExecEnv), Fits(RamPart.OperandStack)), (Part(env.Parts, "structure"), Part(env.Parts, "operand stack")));
        Assert.Equal(fit.AuxStackUsed, instance.CStack?.HighWater);
        env = Assert.Single(Report(request, 64 << 10, profiled: true, out _).ExecEnvs);
        Assert.Equal(fit.Stack.HostBytes, Math.Max(Config.MinStackBytes, env.OperandStack.HighWater!.Value));
    }

    /// <summary>What there is after a run as fit makes it.</summary>
    private static NanoInstanceMemory Report(RunRequest request, uint stack, bool profiled, out IReadOnlyList<NanoMemoryPart> module)
    {
        using System.IO.MemoryStream output = new();
        using NanoRuntime runtime = new(new NanoRuntimeOptions { PoolBytes = 0, Profiled = profiled, PaintCStack = true, Output = output });
        StillPlatform.Install(runtime, request.Sensors());
        NanoModule loaded = runtime.LoadModule(request.Module);
        if (loaded.Pointer->ImportCount != 0) runtime.AddWasiOfBoards();
        if (loaded.Pointer->ImportCount != 0) SensorModule.Register(runtime.Pointer);
        NanoInstance instance = loaded.Instantiate(new() { StackBytes = stack, Arguments = request.Arguments });
        NanoFunction function = instance.GetFunction(request.Function);
        function.CallMulti(ValueText.Arguments(request.Function, function.Parameters, [.. request.Invoke.Skip(1)]),
            new WasmValue[function.Results.Count]);
        NanoMemoryReport report = Exact(runtime);
        module = report.Modules[0].Parts;
        return Assert.Single(report.Modules[0].Instances);
    }

    [Fact]
    public void As_text_it_lists_everything()
    {
        using NanoRuntime runtime = new(new NanoRuntimeOptions { PoolBytes = 256 << 10, Profiled = true });
        NanoInstance instance = runtime.LoadModule(SmallModules.Memory).Instantiate(new() { HeapBytes = 64 });
        instance.GetFunction("load").Call(8);
        string text = runtime.GetMemoryReport().ToString();
        string[] parts =
        [
            "runtime ", "module 1 ", "  instance 1 ", "linear memory ", "app heap: 64 B, 0 B used at most", "operand stack: 1024 B, ",
            "native stack: ", "all ", "pool 262144 B",
        ];
        Assert.All(parts, part => Assert.Contains(part, text, StringComparison.Ordinal));
    }
}
