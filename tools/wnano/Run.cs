// SPDX-License-Identifier: MIT
// One run of a module: in a runtime of its own, with its output and what it cost.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;

namespace Wamr.Nano.Tool;

/// <summary>A module in a runtime, ready to run.</summary>
internal sealed class Run : IDisposable
{
    private readonly NanoRuntime _runtime;
    private readonly MemoryStream? _output;

    /// <param name="module">The binary.</param>
    /// <param name="runtime">How to make the runtime. Output to a memory stream becomes part of a JSON result; without, text is printed.</param>
    /// <param name="options">How to instantiate.</param>
    /// <param name="globals">Values of globals it imports: see <see cref="HostDefinitions"/>.</param>
    internal Run(byte[] module, NanoRuntimeOptions runtime, NanoInstanceOptions options, IEnumerable<string>? globals = null)
    {
        _output = runtime.Output as MemoryStream;
        _runtime = Host.Create(runtime);
        try
        {
            NanoModule loaded = Host.Load(_runtime, module);
            HostDefinitions.Give(_runtime, loaded, globals ?? []);
            Instance = loaded.Instantiate(options);
        }
        catch
        {
            _runtime.Dispose();
            throw;
        }
    }

    internal NanoInstance Instance { get; }

    internal NanoMemoryStatistics Statistics => _runtime.Statistics;

    /// <summary>Calls a function by name and arguments, or runs the program where none is named; prints result, profile and JSON.</summary>
    /// <returns>The exit code.</returns>
    internal int Execute(string[] invoke)
    {
        if (_output != null) return ExecuteAsJson(invoke);
        (int exitCode, WasmValue[] results) = Start(invoke);
        if (results.Length != 0) Console.WriteLine($"{invoke[0]}: {string.Join(", ", results)}");
        if (Instance.ExecEnv.Profile is NanoProfile profile) ProfileReport.Print(profile);
        return exitCode;
    }

    /// <summary>As <see cref="Execute"/>; of a run that fails the output so far is told, too.</summary>
    private int ExecuteAsJson(string[] invoke)
    {
        JsonObject? error = null;
        int exitCode = Program.Error;
        WasmValue[] results = [];
        try
        {
            (exitCode, results) = Start(invoke);
        }
        catch (WasmException e)
        {
            Failures.Print(e);
            error = Failures.Json(e);
        }
        JsonObject json = Json(exitCode, results);
        if (error != null) json["error"] = error;
        Output.Json(json);
        return exitCode;
    }

    private (int ExitCode, WasmValue[] Results) Start(string[] invoke) =>
        invoke.Length == 0 ? (RunProgram(), []) : (0, Call(invoke[0], invoke[1..]));

    /// <summary>Calls a function whose arguments are given as text.</summary>
    internal WasmValue[] Call(string name, string[] arguments)
    {
        NanoFunction function = Instance.GetFunction(name);
        if (arguments.Length != function.Parameters.Count)
            throw new UsageException($"'{name}' takes {function.Parameters.Count} argument{(function.Parameters.Count == 1 ? "" : "s")}, not {arguments.Length}: it is {function}");
        if (name != NanoInstance.InitializeName) Instance.Initialize();
        WasmValue[] values = [.. arguments.Select((text, i) => Parse(text, function.Parameters[i]))];
        WasmValue[] results = new WasmValue[function.Results.Count];
        function.CallMulti(values, results);
        return results;
    }

    public void Dispose() => _runtime.Dispose();

    private int RunProgram() => Instance.HasFunction("_start")
        ? Instance.RunProgram()
        : throw new UsageException("this module is no WASI program: name a function with --invoke; 'wnano dump' lists them");

    private JsonObject Json(int exitCode, WasmValue[] results)
    {
        JsonObject json = new()
        {
            ["exitCode"] = exitCode,
            ["results"] = new JsonArray([.. results.Select(value => (JsonNode)value.ToString())]),
            ["output"] = Encoding.UTF8.GetString(_output!.ToArray()),
            ["memory"] = Output.MemoryJson(Statistics),
        };
        if (Instance.ExecEnv.Profile is NanoProfile profile) json["profile"] = ProfileReport.Json(profile);
        return json;
    }

    internal static WasmValue Parse(string text, WasmType type)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        if (type == WasmType.I32 && int.TryParse(text, NumberStyles.Integer, invariant, out int i)) return i;
        if (type == WasmType.I32 && uint.TryParse(text, NumberStyles.Integer, invariant, out uint u)) return u;
        if (type == WasmType.I64 && long.TryParse(text, NumberStyles.Integer, invariant, out long l)) return l;
        if (type == WasmType.I64 && ulong.TryParse(text, NumberStyles.Integer, invariant, out ulong ul)) return ul;
        if (type == WasmType.F32 && float.TryParse(text, NumberStyles.Float, invariant, out float f)) return f;
        if (type == WasmType.F64 && double.TryParse(text, NumberStyles.Float, invariant, out double d)) return d;
        throw new UsageException($"'{text}' is no {type}");
    }
}
