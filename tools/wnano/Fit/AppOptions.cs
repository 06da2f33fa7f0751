// SPDX-License-Identifier: MIT
// The options that say what an app is given while it is measured: those of 'wnano run', and a file for its standard input.
using System;
using System.CommandLine;
using System.IO;
using Wamr.Nano.Tool.Apps;
using Wamr.Nano.Tool.Printing;
using Wamr.Nano.Tool.Usage;

namespace Wamr.Nano.Tool.Fit;

internal sealed class AppOptions
{
    private readonly Argument<FileInfo> _module = Host.ModuleArgument();
    private readonly Argument<string[]> _arguments = new("arguments")
    {
        Description = "Arguments of the WASI program, after --.",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly Option<string[]> _invoke = new("--invoke")
    {
        Description = "Function to call, and its arguments; by default, the program's _start.",
        HelpName = "function arguments",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };
    private readonly Option<uint> _heap =
        Bytes.Option("--heap", 0, "App heap that 'fit' starts with; it finds the smallest that works. By default, none.");
    private readonly Option<FileInfo?> _input = new("--input")
    {
        Description = "File that the program reads as its standard input.",
        HelpName = "file",
    };
    private readonly Option<string[]> _environment = new("--env")
    {
        Description = "Environment variable of the WASI program.",
        HelpName = "NAME=value",
    };
    private readonly Option<FileInfo?> _sensor = new("--sensor")
    {
        Description = "CSV file whose columns are the sensor channels; by default, a waveform.",
        HelpName = "file",
    };
    private readonly Option<int> _seed = new("--seed") { Description = "Seed of the sensor waveform.", DefaultValueFactory = _ => 1 };
    private readonly Option<ulong> _fuel = new("--fuel")
    {
        Description =
            "Fuel after which the run counts as complete. A loop iteration or a call costs one unit, or more if its code is long.",
        HelpName = "units",
        DefaultValueFactory = _ => RunRequest.DefaultFuel,
    };

    private readonly LoadOptions _load = new();

    private readonly Option<bool> _allowUnlinked = Host.AllowUnlinkedOption();

    internal Option<bool> Json { get; } = Output.JsonOption();

    internal void AddTo(Command command, bool runs)
    {
        command.Arguments.Add(_module);
        command.Options.Add(_heap);
        command.Options.Add(Json);
        _load.AddTo(command);
        if (!runs) return;
        _environment.NamesAndValues();
        _seed.Between(int.MinValue, int.MaxValue);
        _fuel.Between(1, ulong.MaxValue);
        command.Arguments.Add(_arguments);
        foreach (Option option in new Option[] { _invoke, _input, _environment, _sensor, _seed, _fuel, _allowUnlinked })
            command.Options.Add(option);
    }

    internal FileInfo Module(ParseResult parsed) => parsed.GetRequiredValue(_module);

    /// <summary>What to load and instantiate, for commands that run nothing.</summary>
    internal RunRequest Quiet(ParseResult parsed) => Quiet(parsed, Host.ReadModule(Module(parsed)));

    private RunRequest Quiet(ParseResult parsed, byte[] module) => new()
    {
        Module = module,
        HeapBytes = parsed.GetValue(_heap),
        Load = _load.Of(parsed, module),
    };

    /// <summary>What to run.</summary>
    internal RunRequest Request(ParseResult parsed)
    {
        if (parsed.GetValue(_sensor) != null) parsed.Refuse("with --sensor", _seed);
        int seed = parsed.GetValue(_seed);
        string? sensors = parsed.GetValue(_sensor)?.FullName;
        return Quiet(parsed, Host.Read(Module(parsed))) with
        {
            Invoke = parsed.GetValue(_invoke) ?? [],
            Arguments = [Module(parsed).Name, .. parsed.GetValue(_arguments) ?? []],
            Environment = parsed.GetValue(_environment) ?? [],
            Input = parsed.GetValue(_input) is FileInfo file ? Host.Read(file) : [],
            Sensors = sensors == null ? () => Sensors.Waveform(seed) : () => Sensors.Csv(sensors),
            AllowUnlinked = parsed.GetValue(_allowUnlinked),
            Fuel = Math.Max(1, parsed.GetValue(_fuel)),
        };
    }
}
