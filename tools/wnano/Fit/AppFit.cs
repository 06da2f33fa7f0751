// SPDX-License-Identifier: MIT
// The exact RAM of an app: what it needs is recorded in one run, computed for both kinds of pointers, and confirmed by runs with less.
using System.Collections.Generic;
using Wamr.Nano.Tool.Errors;

namespace Wamr.Nano.Tool.Fit;

/// <summary>What an app needs on one kind of machine.</summary>
/// <param name="PoolBytes">The smallest pool, the runtime's own structure included.</param>
/// <param name="StackBytes">The smallest operand stack; part of the pool.</param>
/// <param name="Parts">What the pool is made of.</param>
/// <param name="Allocations">From which it was computed.</param>
internal sealed record Need(uint PoolBytes, uint StackBytes, IReadOnlyDictionary<RamPart, uint> Parts,
    IReadOnlyList<Allocation> Allocations);

/// <summary>The result.</summary>
/// <param name="Request">What was run, with the smallest app heap.</param>
/// <param name="Outcome">What it did.</param>
/// <param name="Stack">Use of the operand stack.</param>
/// <param name="Host">Need of this machine, found by running it.</param>
/// <param name="Board">Need of a machine with pointers of 32 bits, computed.</param>
/// <param name="Confirmed">Whether the runs on this machine gave what was computed for it.</param>
/// <param name="AuxStackUsed">Bytes of the C stack that were used, where that is known.</param>
internal sealed record AppFit(
    RunRequest Request, Outcome Outcome, StackUse Stack, Need Host, Need Board, bool Confirmed, ModuleFacts Facts, uint? AuxStackUsed)
{
    private const uint PoolLimit = 512u << 20;

    /// <summary>Whether it runs as before where its memory is cut off.</summary>
    internal bool DoesWith(uint memoryBytes) => HostRun.Try(Request with { CutBytes = memoryBytes }, 0, Stack.HostBytes) == Outcome;

    /// <param name="request">What to run.</param>
    /// <param name="mostStack">Operand stack it surely can do with.</param>
    /// <exception cref="WasmException">It does not run at all.</exception>
    internal static AppFit Of(RunRequest request, uint mostStack)
    {
        Outcome expected = Reference(request, mostStack);
        request = request with { HeapBytes = SmallestHeap(request, mostStack, expected) };
        StackUse stack = StackMeter.Measure(request, mostStack);
        Minimum least =
            Minimum.Find(stack.HostBytes, Config.MinStackBytes, mostStack, sizeof(uint),
                bytes => HostRun.Try(request, 0, bytes) == expected);
        // What was not seen in full is not known for other pointers; no machine needs more than this one.
        if (!least.AsGuessed) stack = stack with { HostBytes = least.Value, BoardBytes = least.Value, Whole = false };
        (Need host, Need board, ModuleFacts facts) = Compute(request, stack, expected);
        Minimum pool =
            Minimum.Find(host.PoolBytes, Layout.Host.Runtime, PoolLimit, Replay.Granule,
                bytes => HostRun.Try(request, bytes, stack.HostBytes) == expected);
        uint? aux = AuxStackMeter.Measure(request, stack.HostBytes, expected);
        return new(request, expected, stack, host with { PoolBytes = pool.Value }, board, least.AsGuessed && pool.AsGuessed, facts, aux);
    }

    /// <summary>The run with more than enough of everything.</summary>
    private static Outcome Reference(RunRequest request, uint stackBytes)
    {
        using HostRun run = HostRun.Begin(request, stackBytes);
        return run.Execute();
    }

    /// <summary>The smallest app heap that works, up to the requested size.</summary>
    private static uint SmallestHeap(RunRequest request, uint stackBytes, Outcome expected) => request.HeapBytes == 0 ? 0
        : Minimum.Find(0, 0, request.HeapBytes, Replay.Granule,
            bytes => HostRun.Try(request with { HeapBytes = bytes }, 0, stackBytes) == expected).Value;

    private static (Need Host, Need Board, ModuleFacts Facts) Compute(RunRequest request, StackUse stack, Outcome expected)
    {
        using AllocationTrace trace = new();
        using HostRun run = new(request, 0, stack.HostBytes, trace);
        if (run.Execute() != expected) throw new ToolException(ToolError.RunFails, "the app behaves differently each time it runs");
        return (NeedOf(Layout.Host, stack.HostBytes), NeedOf(Layout.Board, stack.BoardBytes), ModuleFacts.Of(run.Module, run.Instance));

        Need NeedOf(Layout layout, uint stackBytes)
        {
            Translation translation = new(layout, stackBytes, run, trace);
            uint pool = Replay.SmallestPool(translation.Allocations, layout);
            return new(pool, stackBytes, RamParts.Of(translation, layout, pool), translation.Allocations);
        }
    }
}
