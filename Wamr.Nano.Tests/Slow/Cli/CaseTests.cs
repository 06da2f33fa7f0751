// SPDX-License-Identifier: MIT
// Inputs of ../shared/cases that failed once, whole, with the right value of each. Other test classes hold their neighbours.
using System;
using System.IO;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Xip;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Cli;

public sealed class CaseTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wnano-cases-");

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Case(string name) => Shared.PathOf("cases/" + name);

    private string Wat(string name)
    {
        PackageCache.Require(Cases.HasWabt, "wat2wasm (wabt) is missing");
        string file = Path.Combine(_folder.FullName, Path.ChangeExtension(name, "wasm"));
        File.WriteAllBytes(file, Cases.Wat(name));
        return file;
    }

    [SharedTheory("cases")]
    [InlineData(null)]
    [InlineData("2")]
    [InlineData("3")]
    public void Roundings_are_kept_by_every_engine(string? level)
    {
        string app = Case("demote_slp.wasm");
        if (level != null)
        {
            if (!XipEngine.IsPossible) return;
            string image = Path.Combine(_folder.FullName, "app.xip");
            Assert.Equal(0, Wnano.Run("compile", app, "--target", "x86_64", "-O", level, "-o", image).ExitCode);
            app = image;
        }
        Assert.StartsWith("f1: -0.6000000312924385", Wnano.Run("run", app, "--invoke", "f1").Output, StringComparison.Ordinal);
    }

    [SharedFact("cases")]
    public void Function_of_400_parameters_is_valid() => Assert.Equal(0, Wnano.Run("check", Case("params_400.wasm")).ExitCode);

    [SharedTheory("cases")]
    [InlineData("flush_16k.wasm")]
    [InlineData("heapbase2_16k.wasm")]
    public void Module_that_took_quadratic_time_loads(string name) => Assert.Equal(0, Wnano.Run("check", Case(name)).ExitCode);

    /// <summary>Thirty-one calls, a unit each. CallFuelTests has functions whose locals cost more.</summary>
    [SharedFact("cases")]
    public void Recursion_pays_for_each_call()
    {
        string[] run = ["run", Case("rec_small.wasm"), "--invoke", "run", "--fuel"];
        Assert.Contains("WN5014", Wnano.Run([.. run, "30"]).Error, StringComparison.Ordinal);
        Assert.StartsWith("run: 465", Wnano.Run([.. run, "40"]).Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Program_that_exits_with_0_ends_with_0() =>
        Assert.Equal(0, Wnano.Run("run", Wat("invoke_exit_code.wat"), "--invoke", "done").ExitCode);

    [SkippableFact]
    public void Trap_in_a_start_function_has_a_call_stack()
    {
        string error = Wnano.Run("run", Wat("start_trap_no_stack.wat"), "--invoke", "f").Error;
        Assert.StartsWith("WN5001", error, StringComparison.Ordinal);
        Assert.Contains("(function 0", error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Memory_of_the_host_answers_an_import()
    {
        using NanoRuntime runtime = new();
        NanoHostMemory memory = runtime.DefineMemory("env", "memory", 1);
        Assert.Equal(42, runtime.LoadModule(File.ReadAllBytes(Wat("importmem.wat"))).Instantiate().GetFunction("f").Call().AsInt32());
        Assert.NotNull(memory);
    }

    [SkippableFact]
    public void Trap_in_native_code_has_a_call_stack_with_names()
    {
        PackageCache.Require(Cases.HasClang && XipEngine.IsPossible, "clang or gcc is missing");
        string app = Path.Combine(_folder.FullName, "app.wasm"), image = Path.ChangeExtension(app, "xip");
        File.WriteAllBytes(app, Cases.C("native_no_stack.c", "-O1"));
        Assert.Equal(0, Wnano.Run("compile", app, "--target", "x86_64", "--keep-names", "-o", image).ExitCode);
        string error = Wnano.Run("run", image, "--invoke", "go", "2").Error;
        Assert.All(new[] { "trap_here", "middle", "go" }, name => Assert.Contains($"at {name} ", error, StringComparison.Ordinal));
    }
}
