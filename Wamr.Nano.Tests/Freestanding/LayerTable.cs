// SPDX-License-Identifier: MIT
// Reads the table of layers from docs/DESIGN.md: "layer | turns | into | uses".
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Wamr.Nano.Tests.TestKit;

namespace Wamr.Nano.Tests.Freestanding;

/// <summary>A row: the layer, what it makes, and the layers it may use.</summary>
internal sealed record Layer(string Name, string Into, IReadOnlySet<string> Uses);

internal static partial class LayerTable
{
    /// <summary>All rows, in the order of the page.</summary>
    internal static IReadOnlyList<Layer> Read() => [.. File.ReadLines(Repository.PathOf("docs/DESIGN.md"))
        .SkipWhile(line => !line.StartsWith("| layer", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'))
        .Select(row => row.Split('|', StringSplitOptions.TrimEntries))
        .Select(cells => new Layer(cells[1].Trim('`').TrimEnd('/'), cells[3].Replace("`", "", StringComparison.Ordinal),
            Name().Matches(cells[4]).Select(m => m.Value).ToHashSet()))];

    [GeneratedRegex(@"[A-Z]\w*(/[A-Z]\w*)?")]
    private static partial Regex Name();
}
