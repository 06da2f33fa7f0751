// SPDX-License-Identifier: MIT
// The code of a C function: separate, or inlined into a caller.
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.Xip.CallStacks;

/// <summary>A function, or a copy of it that is inlined into another function.</summary>
/// <param name="Name">Name of the C function, without what the compiler adds to copies.</param>
/// <param name="Parent">The function into which it is inlined; null if it is separate.</param>
/// <param name="CallFile">Name of the C file with the call that it replaces.</param>
/// <param name="CallLine">The line of that call.</param>
/// <param name="Ranges">The address ranges of its code; empty if all of it was merged with other code.</param>
internal sealed record Scope(string Name, Scope? Parent, string CallFile, int CallLine, IReadOnlyList<(ulong Start, ulong End)> Ranges)
{
    internal List<Scope> Inner { get; } = [];

    /// <summary>The function it is part of.</summary>
    internal Scope Root => Parent == null ? this : Parent.Root;

    internal bool Holds(ulong address) => Ranges.Any(range => range.Start <= address && address < range.End);

    /// <summary>The innermost scope with code at an address that belongs to this one.</summary>
    internal Scope At(ulong address) => Inner.FirstOrDefault(inner => inner.Holds(address))?.At(address) ?? this;

    /// <summary>This scope, and all scopes inside it.</summary>
    internal IEnumerable<Scope> All() => Inner.SelectMany(inner => inner.All()).Prepend(this);
}
