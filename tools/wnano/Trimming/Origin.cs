// SPDX-License-Identifier: MIT
// Where a number in the code comes from, to find out which addresses an access can have.
using System;
using System.Collections.Generic;

namespace Wamr.Nano.Tool.Trimming;

/// <summary>The kinds of origin of a value; several at once if paths meet.</summary>
[Flags]
internal enum OriginKinds : byte
{
    /// <summary>Nothing: no path leads here.</summary>
    None = 0,

    /// <summary>A number between two bounds.</summary>
    Number = 1,

    /// <summary>A number that was counted or computed, without bounds: what arrays are indexed with.</summary>
    Index = 2,

    /// <summary>The stack pointer the function began with, and a distance between two bounds.</summary>
    Frame = 4,

    /// <summary>An address inside a variable or a frame. In C, addresses that are computed from it stay inside.</summary>
    Address = 8,

    /// <summary>From memory, the host, or bits of another type: anything.</summary>
    Foreign = 16,

    /// <summary>Computed from a number that may be an address at or beyond the cut.</summary>
    Suspect = 32,
}

/// <param name="Kinds">What it may be.</param>
/// <param name="Low">Bounds of the number, both included. Constants are signed: addresses above 2 GB do not occur.</param>
/// <param name="FrameLow">Bounds of the distance from the stack pointer.</param>
internal readonly record struct Origin(OriginKinds Kinds, long Low = 0, long High = 0, long FrameLow = 0, long FrameHigh = 0)
{
    internal static Origin Index => new(OriginKinds.Index);

    internal static Origin Address => new(OriginKinds.Address);

    internal static Origin Foreign => new(OriginKinds.Foreign);

    internal static Origin Suspect => new(OriginKinds.Suspect);

    internal static Origin Exactly(long number) => new(OriginKinds.Number, number, number);

    /// <summary>A number between bounds; an index where those say nothing.</summary>
    internal static Origin Between(long low, long high) =>
        low < int.MinValue || high > uint.MaxValue ? Index : new(OriginKinds.Number, low, high);

    internal static Origin Frame(long low, long high) => new(OriginKinds.Frame, 0, 0, low, high);

    internal bool IsExact => Kinds == OriginKinds.Number && Low == High;

    internal bool Has(OriginKinds kind) => (Kinds & kind) != 0;

    /// <summary>One for each kind.</summary>
    internal IEnumerable<Origin> Parts()
    {
        if (Has(OriginKinds.Number)) yield return new(OriginKinds.Number, Low, High);
        if (Has(OriginKinds.Frame)) yield return Frame(FrameLow, FrameHigh);
        foreach (OriginKinds kind in new[] { OriginKinds.Index, OriginKinds.Address, OriginKinds.Foreign, OriginKinds.Suspect })
            if (Has(kind)) yield return new(kind);
    }

    /// <summary>Either of two.</summary>
    internal static Origin Join(Origin a, Origin b)
    {
        (long low, long high) = Hull(a.Has(OriginKinds.Number), a.Low, a.High, b.Has(OriginKinds.Number), b.Low, b.High);
        (long frameLow, long frameHigh) =
            Hull(a.Has(OriginKinds.Frame), a.FrameLow, a.FrameHigh, b.Has(OriginKinds.Frame), b.FrameLow, b.FrameHigh);
        return new(a.Kinds | b.Kinds, low, high, frameLow, frameHigh);
    }

    private static (long Low, long High) Hull(bool hasA, long lowA, long highA, bool hasB, long lowB, long highB) =>
        !hasA ? (lowB, highB) : !hasB ? (lowA, highA) : (Math.Min(lowA, lowB), Math.Max(highA, highB));
}
