// SPDX-License-Identifier: MIT
// How much of each memory a module, an image or a firmware takes, as a tree: folders or categories, then files, then functions.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.Tool.Size;

/// <summary>A part of a memory; its bytes are its own and those of the parts below it.</summary>
internal sealed class SizeNode(string name)
{
    private readonly Dictionary<string, SizeNode> _children = [];

    internal string Name { get; } = name;

    internal ulong Bytes { get; private set; }

    /// <summary>Largest first.</summary>
    internal IEnumerable<SizeNode> Children =>
        _children.Values.OrderByDescending(child => child.Bytes).ThenBy(child => child.Name, StringComparer.Ordinal);

    internal bool IsLeaf => _children.Count == 0;

    /// <summary>Adds bytes to the part that a path leads to. 0 bytes leave no trace.</summary>
    internal void Add(ulong bytes, params ReadOnlySpan<string> path)
    {
        if (bytes == 0) return;
        Bytes += bytes;
        if (path.Length == 0) return;
        if (!_children.TryGetValue(path[0], out SizeNode? child)) _children[path[0]] = child = new(path[0]);
        child.Add(bytes, path[1..]);
    }

    /// <summary>All leaves with the path that leads to them, this node not in it.</summary>
    internal IEnumerable<(IReadOnlyList<string> Path, ulong Bytes)> Leaves() => Children.SelectMany(child => child.IsLeaf
        ? [(Path: (IReadOnlyList<string>)[child.Name], child.Bytes)]
        : child.Leaves().Select(leaf => (Path: (IReadOnlyList<string>)[child.Name, .. leaf.Path], leaf.Bytes)));
}

/// <param name="Name">Such as flash or RAM.</param>
/// <param name="Total">Bytes there are; 0 if that is not known.</param>
/// <param name="Parts">What is in it.</param>
internal sealed record SizeMemory(string Name, ulong Total, SizeNode Parts)
{
    internal ulong Used => Parts.Bytes;

    internal ulong? Free => Total >= Used && Total != 0 ? Total - Used : null;

    /// <summary>A leaf as people read it: the names of its path.</summary>
    internal static string Text(IReadOnlyList<string> path) => string.Join(" / ", path);
}

/// <param name="Name">The file's name without its ending.</param>
/// <param name="Kind">module, image or firmware.</param>
/// <param name="Memories">Flash first.</param>
internal sealed record SizeReport(string Name, string Kind, IReadOnlyList<SizeMemory> Memories)
{
    /// <summary>Names of functions as the compiler made them, by those that people read, where these differ.</summary>
    internal IReadOnlyDictionary<string, string> Symbols { get; init; } = new Dictionary<string, string>();

    internal ulong Ram => Sum(memory => !IsFlash(memory));

    internal ulong Rom => Sum(IsFlash);

    internal static bool IsFlash(SizeMemory memory) => memory.Name.Contains("flash", StringComparison.OrdinalIgnoreCase);

    private ulong Sum(Func<SizeMemory, bool> which) => (ulong)Memories.Where(which).Sum(memory => (long)memory.Used);
}
