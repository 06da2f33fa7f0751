// SPDX-License-Identifier: MIT
// The run that finds out what an app needs, and its result. It is the same each time, so that two runs can be compared.
using System;
using System.Collections.Generic;
using Wamr.Nano.Tool.Apps;

namespace Wamr.Nano.Tool.Fit;

internal sealed record RunRequest
{
    internal required byte[] Module { get; init; }

    /// <summary>Function and its arguments; empty for the program's start.</summary>
    internal IReadOnlyList<string> Invoke { get; init; } = [];

    /// <summary>Arguments (the program's name first) and environment of a WASI program.</summary>
    internal IReadOnlyList<string> Arguments { get; init; } = [];

    internal IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>What the program reads from its standard input.</summary>
    internal byte[] Input { get; init; } = [];

    /// <summary>Makes the sensors of a run: each begins with the same readings.</summary>
    internal Func<Func<uint, int>> Sensors { get; init; } = () => Apps.Sensors.Waveform(1);

    /// <summary>How the module is loaded.</summary>
    internal LoadSettings Load { get; init; }

    /// <summary>Bytes the memory is cut to once it is there, to see whether the app does with them; 0: it is left as it is.</summary>
    internal uint CutBytes { get; init; }

    /// <summary>App heap inside the linear memory, bytes.</summary>
    internal uint HeapBytes { get; init; }

    /// <summary>Whether functions may stay out that nothing provides.</summary>
    internal bool AllowUnlinked { get; init; }

    /// <summary>The fuel after which a run counts as complete.</summary>
    internal ulong Fuel { get; init; } = DefaultFuel;

    /// <summary>The function that is called.</summary>
    internal string Function => Invoke.Count == 0 ? "_start" : Invoke[0];

    internal const ulong DefaultFuel = 50_000_000;
}

/// <summary>The visible results of a run.</summary>
/// <param name="Error">None, FuelExhausted of a run that was ended, or why it failed.</param>
/// <param name="ExitCode">Of a WASI program.</param>
/// <param name="Results">Of the function, as text.</param>
/// <param name="Output">What it printed.</param>
internal sealed record Outcome(WasmError Error, int ExitCode, string Results, string Output)
{
    /// <summary>Whether it went as far as it was meant to.</summary>
    internal bool IsGood => Error is WasmError.None or WasmError.FuelExhausted;

    internal static Outcome Failed(WasmError error) => new(error, 0, "", "");
}
