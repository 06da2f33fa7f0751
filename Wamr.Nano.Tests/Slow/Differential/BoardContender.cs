// SPDX-License-Identifier: MIT
// An emulated board: all cases of a batch in one run of the program for experiments, as a script that is streamed into it.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Wamr.Nano.Tests.Slow.Boards;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Spec;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Emulate;
using Wamr.Nano.Xip;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Differential;

/// <param name="board">Which.</param>
/// <param name="options">How images are made, without their target; null: the board interprets modules as they are.</param>
internal sealed class BoardContender(string board, CompileOptions? options) : IContender
{
    private const uint NativeStack = 256 << 10;

    public string Name => options == null ? $"{board}, interpreted" : $"{board}, {options.Target} {options.Optimization}";

    public IReadOnlyList<Trace> Run(IReadOnlyList<Case> cases)
    {
        string folder = Path.Combine(BoardKit.Tree.Artifacts, board, "contest");
        Directory.CreateDirectory(folder);
        string script = Path.Combine(folder, "script.bin"), answers = Path.Combine(folder, "answers.bin");
        File.Create(answers).Dispose();
        List<Recorded> recorded = [];
        using (BinaryWriter writer = new(File.Create(script)))
        {
            recorded.AddRange(cases.Select(@case => Record(@case, writer)));
            writer.Write((byte)Boards.SpecCommand.End);
        }
        AppPlan plan = SuiteOnBoard.Plan(board, [0, 0]) with { NativeStackBytes = NativeStack, Arguments = [script, answers] };
        BoardResult result = BoardKit.Lab(board, PlanMode.Spec, plan);
        Assert.Equal(0, result.ExitCode);
        return Replay(cases, recorded, answers);
    }

    public void Dispose()
    {
    }

    /// <param name="Requests">In the order they are answered.</param>
    /// <param name="Form">What is sent of each module.</param>
    /// <param name="Exports">Of each module.</param>
    private sealed record Recorded(List<SpecRequest> Requests, SpecForm Form, IReadOnlyList<IReadOnlyList<CoreExport>> Exports);

    private Recorded Record(Case @case, BinaryWriter writer)
    {
        SpecForm form = options == null ? SpecForms.Binary : Image(options with { Open = @case.Modules.Count > 1 });
        SpecRecorder recorder = new(writer, form, hosted: false);
        List<IReadOnlyList<CoreExport>> exports = [];
        nint instance = 0;
        foreach (NamedModule module in @case.Modules)
        {
            Assert.Equal(WasmError.None, recorder.Load(module.Binary, out nint loaded));
            recorder.Instantiate(loaded, out instance);
            recorder.Register(module.Name, instance);
            exports.Add(ForeignCases.Exports(module.Binary));
        }
        foreach (Call call in @case.Calls) recorder.Invoke(instance, call.Export, Values(call), out _);
        for (int n = 0; n < exports.Count; n++)
            foreach (CoreExport export in exports[n])
                switch (export.Kind)
                {
                    case ExternKind.Memory: recorder.AskMemory(n + 1); break;
                    case ExternKind.Global: recorder.ReadGlobal(n + 1, export.Name, out _); break;
                    case ExternKind.Table: recorder.AskTable(n + 1, export.Index); break;
                }
        return new(recorder.Requests, form, exports);
    }

    private static List<Trace> Replay(IReadOnlyList<Case> cases, List<Recorded> recorded, string file)
    {
        List<Trace> traces = [];
        using BinaryReader answers = new(File.OpenRead(file));
        answers.ReadUInt16(); // there was no script before the first
        for (int n = 0; n < cases.Count; n++)
        {
            SpecReplay replay = new(recorded[n].Requests, recorded[n].Form, answers, hosted: false);
            traces.Add(Trace(cases[n], replay, recorded[n]));
            Assert.Equal(WasmError.None, (WasmError)answers.ReadUInt16());
        }
        return traces;
    }

    private static Trace Trace(Case @case, SpecReplay replay, Recorded recorded)
    {
        Trace trace = new();
        nint instance = 0;
        foreach (NamedModule module in @case.Modules)
        {
            Assert.Equal(WasmError.None, replay.Load(module.Binary, out nint loaded));
            WasmError error = replay.Instantiate(loaded, out instance);
            if (error != WasmError.None)
            {
                trace.Trapped("instantiation", error);
                return trace;
            }
            trace.Add("instantiated");
        }
        foreach (Call call in @case.Calls)
        {
            WasmError error = replay.Invoke(instance, call.Export, Values(call), out SpecValue[] results);
            if (error == WasmError.None) trace.Returned(call, [.. results.Select(value => value.Bits)]);
            else if (!trace.Trapped(call.Export, error)) return trace;
        }
        for (int n = 0; n < recorded.Exports.Count; n++) Record(recorded.Exports[n], replay, n + 1, trace);
        return trace;
    }

    private static void Record(IReadOnlyList<CoreExport> exports, SpecReplay replay, nint instance, Trace trace)
    {
        foreach (CoreExport export in exports)
            switch (export.Kind)
            {
                case ExternKind.Memory:
                    (uint bytes, uint digest) = replay.MemoryOf(instance);
                    trace.Memory(export.Name, bytes, digest);
                    break;
                case ExternKind.Global:
                    replay.ReadGlobal(instance, export.Name, out SpecValue value);
                    trace.Global(export.Name, export.Type[0], value.Bits);
                    break;
                case ExternKind.Table: trace.Table(export.Name, replay.TableOf(instance)); break;
            }
    }

    private static SpecValue[] Values(Call call) =>
        [.. call.Arguments.Zip(call.Parameters, (bits, letter) => new SpecValue(Letters.TypeOf(letter), bits))];

    /// <summary>An image of each module, made once.</summary>
    private static SpecForm Image(CompileOptions options)
    {
        Dictionary<string, byte[]> made = [];
        return Form;

        WasmError Form(byte[] binary, out byte[] sent)
        {
            string key = Convert.ToBase64String(binary);
            if (!made.ContainsKey(key)) made[key] = ImageCompiler.Compile(binary, options with { WholePages = true, Jobs = 1 });
            sent = made[key];
            return WasmError.None;
        }
    }
}
