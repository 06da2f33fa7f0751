// SPDX-License-Identifier: MIT
// The engines that run real programs: each gives what the program printed and how it ended.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text;
using Wamr.Nano.Tests.Slow.Differential;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Xip;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Xip;

namespace Wamr.Nano.Tests.Slow.Programs;

using Wasmtime; // inside: its names come before the core's

/// <param name="ExitCode">Of the program.</param>
/// <param name="Output">Bytes, as characters of Latin-1.</param>
internal sealed record ProgramRun(int ExitCode, string Output);

internal static class ProgramEngines
{
    public const string Board = "mps2-an386";

    public static IReadOnlyDictionary<string, Func<string, ProgramRun>> All { get; } = new Dictionary<string, Func<string, ProgramRun>>
    {
        ["interpreter"] = file => Run(runtime => runtime.LoadModule(File.ReadAllBytes(file))),
        ["bytecode"] = file => Run(runtime => runtime.LoadImage(ImageKit.Bytecode(File.ReadAllBytes(file)))),
        ["native"] = file => Run(runtime => runtime.LoadImage(ImageCompiler.Compile(File.ReadAllBytes(file), new() { Target = "x86_64" }))),
    };

    public static ProgramRun InWasmtime(string file)
    {
        MemoryStream output = new();
        using Engine engine = WasmtimeOracle.NewEngine();
        using Linker linker = new(engine);
        using Store store = new(engine);
        using Module module = Module.FromFile(engine, file);
        linker.DefineWasi();
        store.SetWasiConfiguration(new WasiConfiguration().WithArg("program").WithStandardOutputCallback(bytes => output.Write(bytes)));
        int code = 0;
        try
        {
            linker.Instantiate(store, module).GetAction("_start")!();
        }
        catch (WasmtimeException e) when (e.ExitCode is int exit)
        {
            code = exit;
        }
        return new(code, Text(output));
    }

    /// <summary>The program of the machine's own C compiler.</summary>
    public static ProgramRun Native(string file)
    {
        using Process process = Process.Start(new ProcessStartInfo(file) { RedirectStandardOutput = true })!;
        MemoryStream output = new();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        return new(process.ExitCode, Text(output));
    }

    /// <summary>The interpreter in the firmware of an emulated board.</summary>
    public static ProgramRun OnBoard(string file)
    {
        AppPlan plan = new() { ModuleFile = file, Arguments = ["program"], StackBytes = 64 << 10, PoolBytes = 8 << 20 };
        var (result, console) = BoardKit.Run(Board, plan);
        return new(result.ExitCode, console);
    }

    private static ProgramRun Run(Func<NanoRuntime, NanoModule> load)
    {
        MemoryStream output = new();
        using NanoRuntime runtime = new(new NanoRuntimeOptions { PoolBytes = 0, Output = output });
        runtime.AddWasi();
        int code = load(runtime).Instantiate(new() { StackBytes = 256 << 10, Arguments = ["program"] }).RunProgram();
        return new(code, Text(output));
    }

    private static string Text(MemoryStream output) => Encoding.Latin1.GetString(output.ToArray());
}
