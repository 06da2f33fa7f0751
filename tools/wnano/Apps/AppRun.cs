// SPDX-License-Identifier: MIT
// One run of a module in its own runtime, with its output and cost.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using Wamr.Nano.Tool.Errors;
using Wamr.Nano.Tool.Printing;
using Wamr.Nano.Tool.Usage;

namespace Wamr.Nano.Tool.Apps;

/// <summary>A module in a runtime, ready to run.</summary>
internal sealed class AppRun : IDisposable
{
    private readonly NanoRuntime _runtime;
    private readonly NanoModule _module;
    private readonly MemoryStream? _output;
    private NanoInstance? _instance;

    /// <param name="module">The binary.</param>
    /// <param name="runtime">
    /// How to make the runtime. Output to a memory stream becomes part of a JSON result; without, text is printed.
    /// </param>
    /// <param name="globals">Values of globals it imports: see <see cref="HostDefinitions"/>.</param>
    internal AppRun(byte[] module, NanoRuntimeOptions runtime, IEnumerable<string>? globals = null)
    {
        _output = runtime.Output as MemoryStream;
        _runtime = Host.Create(runtime);
        try
        {
            _module = Host.Load(_runtime, module);
            HostDefinitions.Give(_runtime, _module, globals ?? []);
        }
        catch
        {
            _runtime.Dispose();
            throw;
        }
    }

    internal NanoMemoryStatistics Statistics => _runtime.Statistics;

    /// <summary>Makes the instance, which runs its start function.</summary>
    internal NanoInstance Instantiate(NanoInstanceOptions options) => _instance = _module.Instantiate(options);

    /// <summary>
    /// Instantiates, then calls a function by name and arguments, or runs the program where none is named; prints result, profile and JSON.
    /// </summary>
    /// <param name="options">How to instantiate; the start function's fuel is the call's, too.</param>
    /// <param name="invoke">The function and its arguments.</param>
    /// <returns>The exit code.</returns>
    internal int CallAndPrint(NanoInstanceOptions options, string[] invoke)
    {
        if (_output != null) return CallAndPrintJson(options, invoke);
        (int exitCode, WasmValue[] results) = CallToExit(options, invoke);
        if (results.Length != 0) Console.WriteLine($"{invoke[0]}: {string.Join(", ", results)}");
        if (Profile is NanoProfile profile) ProfileReport.Print(profile);
        return AppExitCode.Of(exitCode);
    }

    private NanoProfile? Profile => _instance?.ExecEnv.Profile;

    /// <summary>Like <see cref="CallAndPrint"/>, but if the run fails, also reports the output so far.</summary>
    private int CallAndPrintJson(NanoInstanceOptions options, string[] invoke)
    {
        JsonObject? error = null;
        int exitCode = Program.Error;
        WasmValue[] results = [];
        try
        {
            (exitCode, results) = CallToExit(options, invoke);
        }
        catch (WasmException e)
        {
            Failures.Print(e);
            error = Failures.Json(e);
        }
        JsonObject json = Json(exitCode, results);
        if (error != null) json["error"] = error;
        Output.Json(json);
        return AppExitCode.Of(exitCode);
    }

    /// <summary>
    /// An app may end itself with an exit code wherever its code runs: in its start function, in <c>_start</c>, in any other.
    /// </summary>
    private (int ExitCode, WasmValue[] Results) CallToExit(NanoInstanceOptions options, string[] invoke)
    {
        try
        {
            Instantiate(options).ExecEnv.Fuel = options.StartFuel;
            if (invoke.Length != 0) return (0, Call(invoke[0], invoke[1..]));
            if (!_instance!.HasFunction("_start"))
                throw new UsageException("this module is not a WASI program: name a function with --invoke; 'wnano dump' lists them");
            return (_instance.RunProgram(), []);
        }
        catch (WasmException e) when (e.ExitCode is int code)
        {
            return (code, []);
        }
    }

    /// <summary>Calls a function whose arguments are given as text.</summary>
    private WasmValue[] Call(string name, string[] arguments)
    {
        NanoFunction function = Host.Function(_instance!, name);
        WasmValue[] values = ValueText.Arguments(name, function.Parameters, arguments);
        if (name != NanoInstance.InitializeName) _instance!.Initialize();
        WasmValue[] results = new WasmValue[function.Results.Count];
        function.CallMulti(values, results);
        return results;
    }

    public void Dispose() => _runtime.Dispose();

    private JsonObject Json(int exitCode, WasmValue[] results)
    {
        JsonObject json = new()
        {
            ["exitCode"] = exitCode,
            ["results"] = new JsonArray([.. results.Select(value => (JsonNode)value.ToString())]),
            ["output"] = Encoding.UTF8.GetString(_output!.ToArray()),
            ["memory"] = Output.MemoryJson(Statistics),
        };
        if (Profile is NanoProfile profile) json["profile"] = ProfileReport.Json(profile);
        return json;
    }
}
