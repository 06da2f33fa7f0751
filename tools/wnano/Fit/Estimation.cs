// SPDX-License-Identifier: MIT
// The RAM of an app on a board by analysis: loaded, instantiated and given a stack, but not called.
using System;
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Tool.Printing;

namespace Wamr.Nano.Tool.Fit;

/// <summary>Lives as long as the module that was loaded for it.</summary>
internal sealed class Estimation : IDisposable
{
    private readonly AllocationTrace _trace = new();
    private readonly HostRun _run;

    /// <param name="request">The module and its app heap.</param>
    /// <param name="stackBytes">Operand stack; 0 for the most its calls can take, or the runtime's default where that has no bound.</param>
    /// <exception cref="WasmException">It does not load or instantiate.</exception>
    internal Estimation(RunRequest request, uint stackBytes)
    {
        try
        {
            _run = HostRun.Begin(request, Config.DefaultStackBytes, _trace, allowUnlinked: true);
        }
        catch
        {
            _trace.Dispose();
            throw;
        }
        Bound = StaticStack.Of(_run);
        if (stackBytes == 0) stackBytes = Bound.Circle.Count == 0 ? Bound.BoardBytes : Math.Max(Config.DefaultStackBytes, Bound.BoardBytes);
        Translation translation = new(Layout.Board, stackBytes, _run, _trace);
        uint pool = Replay.SmallestPool(translation.Allocations, Layout.Board);
        Need = new(pool, stackBytes, RamParts.Of(translation, Layout.Board, pool), translation.Allocations);
        Facts = ModuleFacts.Of(_run.Module, _run.Instance);
    }

    internal NanoModule Module => _run.Module;

    internal Need Need { get; }

    internal ModuleFacts Facts { get; }

    internal StackBound Bound { get; }

    /// <summary>The memory that it imports, which does not count as its RAM; null if it has its own, or none.</summary>
    internal WasmMemoryType? ImportedMemory => Module.Imports.Select(import => import.Type).OfType<WasmMemoryType>().FirstOrDefault();

    /// <summary>Pages the memory may grow to.</summary>
    internal uint MaxPages => _run.MaxPages;

    internal IReadOnlyList<string> Names(IReadOnlyList<uint> functions) =>
        [.. functions.Select(function => FunctionText.Name(Module, function))];

    internal IReadOnlyList<string> Symbols(IReadOnlyList<uint> functions) =>
        [.. functions.Select(function => FunctionText.Symbol(Module, function))];

    public void Dispose()
    {
        _run.Dispose();
        _trace.Dispose();
    }
}
