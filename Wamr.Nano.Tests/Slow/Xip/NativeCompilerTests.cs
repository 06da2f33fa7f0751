// SPDX-License-Identifier: MIT
// What the image compiler promises whatever the target: no address in the code, modules of any size, loops that count and end.
using CCompiler = Wamr.Nano.Xip.Build.CCompiler;
using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Xip;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Xip;
using Wamr.Nano.Xip.Elf;
using Wamr.Nano.Xip.Image;
using Wamr.Nano.Xip.Targets;
using Xunit;
using Xunit.Abstractions;

namespace Wamr.Nano.Tests.Slow.Xip;

public class NativeCompilerTests(ITestOutputHelper output)
{
    private static readonly string[] s_modules =
    [
        .. ((string[])["crc32", "matmul", "sieve", "nbody", "fib", "strstruct", "list", "sha256", "dispatch"])
        .Select(kernel => $"bench/kernels/{kernel}.wasm"),
        "samples/hello/hello.wasm", "samples/sensor/sensor.wasm",
    ];

    /// <summary>Targets whose C compiler is here.</summary>
    public static TheoryData<string> Usable =>
        [.. Target.All.Where(t => ExternalProgram.Locate(t.ToolPrefix + "gcc") != null).Select(t => t.Name)];

    /// <summary>
    /// One of each family of processors, of Thumb the smallest and the one with hardware floats: the same images run on boards.
    /// </summary>
    public static TheoryData<string> UsableFamilies =>
        [.. ((string[])["x86_64", "thumbv6m", "thumbv7em-fp", "rv32imc", "xtensa-lx106"])
            .Where(name => ExternalProgram.Locate(Target.Named(name).ToolPrefix + "gcc") != null)];

    [Theory]
    [MemberData(nameof(Usable))]
    public void Kernels_and_samples_need_no_relocation(string target)
    {
        foreach (string module in s_modules)
            Assert.NotEmpty(ImageCompiler.Compile(File.ReadAllBytes(Repository.PathOf(module)), new() { Target = target, Jobs = 1 }));
    }

    /// <summary>A list of constants as operands was once a table in the code of Xtensa, found by its address.</summary>
    [Theory]
    [MemberData(nameof(Usable))]
    public void Constant_operands_of_bulk_instructions_need_no_relocation(string target)
    {
        ModuleBuilder m = new();
        m.Memory(1);
        m.Function(":", new Code().I32(12).I32(1).I32(70_000).Op(Opcode.MemoryFill, 0), export: "fill");
        foreach (Optimization optimization in (Optimization[])[Optimization.Speed, Optimization.Size])
            Assert.NotEmpty(ImageCompiler.Compile(m.Build(), new() { Target = target, Optimization = optimization, Jobs = 1 }));
    }

    /// <summary>With the options that are the default, and with those that the suite is run with.</summary>
    [SharedTheory("spec")]
    [MemberData(nameof(UsableFamilies))]
    public void Modules_of_the_suite_need_no_relocation(string target)
    {
        SuiteImages images = SuiteImages.For(target);
        (int count, var failures) = images.MakeAll();
        output.WriteLine($"{count} modules, {images.Programs} programs");
        Assert.Empty(failures);
        Assert.InRange(count, 800, int.MaxValue);
    }

    [Fact]
    public async Task Address_in_the_code_is_an_error_that_names_function_and_symbol()
    {
        if (!XipEngine.IsPossible) return;
        string folder = Directory.CreateTempSubdirectory("wnano-test-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "image0.c"), """
                __attribute__((used)) void *xip_enter(void) { void *p; __asm__("movabs $there, %0" : "=r"(p)); return p; }
                __attribute__((used)) void there(void) { }
                """);
            Target target = Target.Named("x86_64");
            await new CCompiler(target, new() { Target = target.Name }, folder, jumps: false).Build(["image0.c"], 0, "image.elf");
            ElfFile elf = ElfFile.Of(Path.Combine(folder, "image.elf"));
            CompileException e = Assert.Throws<CompileException>(() => Relocations.Check(elf, elf.Section(".code")!, target));
            Assert.Contains("xip_enter refers to there by address", e.Message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>On x86-64 functions may begin at odd addresses: those of the neighbours are not their own.</summary>
    [Fact]
    public async Task Each_byte_of_code_is_the_one_function_s_it_lies_in()
    {
        if (!XipEngine.IsPossible) return;
        string folder = Directory.CreateTempSubdirectory("wnano-test-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "image0.c"), """
                __asm__(".text\n.p2align 4\n.type three, @function\nthree: nop\nnop\nret\n.size three, 3\n"
                    ".type odd, @function\nodd: nop\nret\n.size odd, 2\n");
                __attribute__((used)) void *xip_enter(void) { void *p; __asm__("call three\ncall odd" : "=r"(p)); return p; }
                """);
            Target target = Target.Named("x86_64");
            await new CCompiler(target, new() { Target = target.Name }, folder, jumps: false).Build(["image0.c"], 0, "image.elf");
            ElfFile elf = ElfFile.Of(Path.Combine(folder, "image.elf"));
            ulong odd = elf.Symbols.Single(symbol => symbol.Name == "odd").Value;
            Assert.Equal(1u, odd % 2);
            Assert.Equal(["three", "odd", "odd"], Enumerable.Range(-1, 3)
                .Select(n => Relocations.FunctionAt(elf, odd + (ulong)n)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Big_modules_are_compiled_in_parts_that_call_each_other()
    {
        if (!XipEngine.IsPossible) return;
        const int count = 60, steps = 800;
        ModuleBuilder m = new();
        m.Memory(1);
        Random random = new(1);
        int value = 1;
        for (int f = 0; f < count; f++)
        {
            Code body = f == 0 ? new Code().Get(0) : new Code().Get(0).Call((uint)f - 1);
            for (int n = 0; n < steps; n++)
            {
                int constant = random.Next();
                body.I32(constant).Op(n % 2 == 0 ? Opcode.I32Add : Opcode.I32Xor);
                value = n % 2 == 0 ? value + constant : value ^ constant;
            }
            m.Function("i:i", body, export: f == count - 1 ? "run" : null);
        }
        Files files = new();
        byte[] image =
            ImageCompiler.Compile(m.Build(), new() { Target = "x86_64", Optimization = Optimization.Fast, Jobs = 2, Progress = files });
        Assert.InRange(files.Total, 2, 20);
        using NanoRuntime runtime = new(1 << 20);
        Assert.Equal(value, runtime.LoadImage(image).Instantiate().GetFunction("run").Call(1).AsInt32());
    }

    [Theory]
    [InlineData(Optimization.Fast)]
    [InlineData(Optimization.Speed)]
    [InlineData(Optimization.Size)]
    public void Loop_ends_where_it_should_and_when_its_fuel_is_spent(Optimization optimization)
    {
        if (!XipEngine.IsPossible) return;
        ModuleBuilder m = new();
        // do l1 += l0 while (--l0)
        m.Function("i:i", new Code().Op(Opcode.Loop).Raw(0x40).Get(1).Get(0).Op(Opcode.I32Add)
            .Set(1).Get(0).I32(1).Op(Opcode.I32Sub).Tee(0).Op(Opcode.BrIf, 0).Op(Opcode.End).Get(1), "i", "run");
        using NanoRuntime runtime = new(1 << 20);
        NanoInstance instance =
            runtime.LoadImage(ImageCompiler.Compile(m.Build(), new() { Target = "x86_64", Optimization = optimization })).Instantiate();
        foreach (int turns in Enumerable.Range(1, 12))
            Assert.Equal(turns * (turns + 1) / 2, instance.GetFunction("run").Call(turns).AsInt32());
        instance.ExecEnv.Fuel = 1000;
        Assert.Equal(500500, instance.GetFunction("run").Call(1000).AsInt32());
        instance.ExecEnv.Fuel = 1000;
        Assert.Equal(WasmError.FuelExhausted, Assert.Throws<WasmException>(() => instance.GetFunction("run").Call(100_000)).Error);
    }

    private sealed class Files : IProgress<(int Done, int Total)>
    {
        internal int Total { get; private set; }

        public void Report((int Done, int Total) value) => Total = value.Total;
    }
}
