// SPDX-License-Identifier: MIT
// Executes the commands of one script of the suite on one engine and collects what went wrong.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Wamr.Nano.Tests.TestKit.Spec;

/// <summary>Runs a script. Written once; an engine is ten lines in SpecTests.cs.</summary>
internal sealed class SpecRunner(string folder, IEngine engine)
{
    private readonly Dictionary<string, nint> _named = [];
    private nint _latest;

    /// <summary>Commands that were run, those about text and skipped lines not counted.</summary>
    public int Executed { get; private set; }

    /// <summary>One line for each command that did not do what the suite demands.</summary>
    public List<string> Failures { get; } = [];

    /// <param name="isSkipped">Whether the command of a line is left out.</param>
    public void Run(IEnumerable<SpecCommand> commands, Func<int, bool> isSkipped)
    {
        foreach (SpecCommand command in commands)
        {
            if (command.IsAboutText || isSkipped(command.Line)) continue;
            Executed++;
            string? failure = Execute(command);
            if (failure != null) Failures.Add($"{Path.GetFileName(folder)}:{command.Line} {command.Type}: {failure}");
        }
    }

    /// <summary>Null where all is well, otherwise what went wrong.</summary>
    private string? Execute(SpecCommand command) => command.Type switch
    {
        "module" => Module(command),
        "register" => Register(command),
        "action" => Returns(command, []),
        "assert_return" => Returns(command, command.Expected),
        "assert_trap" or "assert_exhaustion" => Fails(command),
        "assert_malformed" => Refused(command, FailureText.IsMalformed),
        "assert_invalid" => Refused(command, FailureText.IsInvalid),
        "assert_unlinkable" or "assert_uninstantiable" => Uninstantiable(command),
        _ => throw new NotSupportedException($"unknown command {command.Type}"),
    };

    private string? Module(SpecCommand command)
    {
        _latest = 0;
        WasmError error = Load(command, out nint module);
        if (error != WasmError.None) return $"not loaded: {error}";
        if (command.DefinitionOnly) return null;
        error = engine.Instantiate(module, out nint instance);
        if (error != WasmError.None) return $"not instantiated: {error}";
        _latest = instance;
        if (command.Name is string name) _named[name] = instance;
        return null;
    }

    private string? Register(SpecCommand command)
    {
        nint instance = Find(command.Name);
        if (instance == 0) return "no such instance";
        engine.Register(command.As, instance);
        return null;
    }

    private string? Returns(SpecCommand command, SpecPattern[] expected)
    {
        WasmError error = Act(command, out SpecValue[] results);
        if (error != WasmError.None) return $"{command.Action.Field} failed: {error}";
        if (command.Type == "action") return null;
        bool same = results.Length == expected.Length && expected.Zip(results).All(pair => pair.First.Matches(pair.Second));
        return same ? null : $"{command.Action.Field} gave [{string.Join(", ", results)}] for [{string.Join<SpecPattern>(", ", expected)}]";
    }

    private string? Fails(SpecCommand command)
    {
        WasmError error = Act(command, out _);
        return FailureText.Matches(command.Failure, error) ? null : $"{command.Action.Field} gave {error} for '{command.Failure}'";
    }

    private string? Refused(SpecCommand command, Func<WasmError, bool> isExpected)
    {
        WasmError error = Load(command, out _);
        return isExpected(error) ? null : $"{command.FileName} gave {error} for '{command.Failure}'";
    }

    private string? Uninstantiable(SpecCommand command)
    {
        WasmError error = Load(command, out nint module);
        if (error == WasmError.None) error = engine.Instantiate(module, out _);
        return FailureText.Matches(command.Failure, error) ? null : $"{command.FileName} gave {error} for '{command.Failure}'";
    }

    private WasmError Act(SpecCommand command, out SpecValue[] results)
    {
        SpecAction action = command.Action;
        nint instance = Find(action.Module);
        results = [];
        if (instance == 0) return WasmError.BadArgument;
        if (action.Invoke) return engine.Invoke(instance, action.Field, action.Arguments, out results);
        WasmError error = engine.ReadGlobal(instance, action.Field, out SpecValue value);
        results = [value];
        return error;
    }

    private nint Find(string? name) => name == null ? _latest : _named.GetValueOrDefault(name);

    private WasmError Load(SpecCommand command, out nint module) =>
        engine.Load(CompactImports.Expand(File.ReadAllBytes(Path.Combine(folder, command.FileName))), out module);
}
