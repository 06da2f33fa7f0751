// SPDX-License-Identifier: MIT
// A C function's code: one that stands by itself, or one that the compiler put into a caller.
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.Xip.CallStacks;

/// <summary>A function, or the copy of one inside of another.</summary>
/// <param name="Name">Of the C function, without what the compiler adds to copies.</param>
/// <param name="Parent">Where it was put; null for a function by itself.</param>
/// <param name="CallFile">Name of the C file that has the call it stands in place of.</param>
/// <param name="CallLine">The line of that call.</param>
/// <param name="Ranges">Addresses of its code; none if all of it was merged with other code.</param>
internal sealed record Scope(string Name, Scope? Parent, string CallFile, int CallLine, IReadOnlyList<(ulong Start, ulong End)> Ranges)
{
    internal List<Scope> Inner { get; } = [];

    /// <summary>The function it is part of.</summary>
    internal Scope Root => Parent == null ? this : Parent.Root;

    internal bool Holds(ulong address) => Ranges.Any(range => range.Start <= address && address < range.End);

    /// <summary>The innermost one with code at an address this one has code at.</summary>
    internal Scope At(ulong address) => Inner.FirstOrDefault(inner => inner.Holds(address))?.At(address) ?? this;

    /// <summary>It, and all inside of it.</summary>
    internal IEnumerable<Scope> All() => Inner.SelectMany(inner => inner.All()).Prepend(this);
}
