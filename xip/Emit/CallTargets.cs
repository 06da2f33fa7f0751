// SPDX-License-Identifier: MIT
// The tables at the start of an image's code that indirect calls go through: offsets of functions, filled in when their places are known.
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Xip.Analysis;

namespace Wamr.Nano.Xip.Emit;

/// <summary>
/// For each table whose contents are constant and each type that is called through it: the code to call for each element, which is a trap
/// where the element is null or of another type. So one comparison with the table's size is the whole check. Tables that may change are
/// looked up at run time; what is here for them is type and code of each own function. Tail calls that bounce want entries in place of
/// code.
/// </summary>
internal sealed unsafe class CallTargets(ModuleFacts facts, TailCalls tails)
{
    /// <summary>Symbols of the functions that raise the trap.</summary>
    internal const string Null = "xip_null", Mismatch = "xip_mismatch";

    private readonly List<(uint Table, ushort Type, bool Bounces)> _constant = [];
    private readonly List<uint> _places = [];
    private uint? _entriesAt;

    /// <summary>Bytes of all tables.</summary>
    internal uint Size { get; private set; }

    /// <summary>Offset of the table of the own functions; null while none was needed.</summary>
    internal uint? FunctionsAt { get; private set; }

    /// <summary>Offset of the targets of a constant table for callers of a type.</summary>
    internal uint PlaceOf(uint table, ushort type, bool bounces)
    {
        int known = _constant.IndexOf((table, type, bounces));
        if (known >= 0) return _places[known];
        _constant.Add((table, type, bounces));
        _places.Add(Size);
        Size += 4 * (uint)facts.Tables[(int)table]!.Functions.Length;
        return _places[^1];
    }

    /// <summary>Offset of pairs of type and code of the own functions.</summary>
    internal uint PlaceOfFunctions()
    {
        if (FunctionsAt is uint place) return place;
        FunctionsAt = Size;
        Size += 8 * (uint)facts.Functions.Count;
        return FunctionsAt.Value;
    }

    /// <summary>Offset of the entries of the own functions: see <see cref="Bounces"/>.</summary>
    internal uint PlaceOfEntries()
    {
        if (_entriesAt is uint place) return place;
        _entriesAt = Size;
        Size += 4 * (uint)facts.Functions.Count;
        return _entriesAt.Value;
    }

    /// <summary>Symbols and numbers of the words, in order: of each either.</summary>
    internal IEnumerable<(string? Symbol, uint Number)> Words()
    {
        List<(uint Place, IEnumerable<(string?, uint)> Words)> tables = [];
        for (int n = 0; n < _constant.Count; n++)
            tables.Add((_places[n], Targets(_constant[n].Table, _constant[n].Type, _constant[n].Bounces)));
        if (FunctionsAt is uint at) tables.Add((at, FunctionWords()));
        if (_entriesAt is uint entries)
            tables.Add((entries, facts.Functions.Select(f => (tails.HasEntry(f.Index) ? Bounces.EntryName(f.Index) : null, 0u))));
        return tables.OrderBy(t => t.Place).SelectMany(t => t.Words);
    }

    /// <summary>Functions whose place must be known.</summary>
    internal IEnumerable<uint> Functions() =>
        _constant.SelectMany(c => facts.Tables[(int)c.Table]!.Functions).Where(f => f != null).Select(f => f!.Value);

    private IEnumerable<(string?, uint)> Targets(uint table, ushort type, bool bounces)
    {
        foreach (uint? f in facts.Tables[(int)table]!.Functions)
        {
            if (f is not uint function) yield return (Null, 0);
            else if (TypeOf(function) != type) yield return (Mismatch, 0);
            else yield return (bounces ? Bounces.EntryName(function) : $"fn{function}", 0);
        }
    }

    private IEnumerable<(string?, uint)> FunctionWords()
    {
        foreach (FunctionScan f in facts.Functions)
        {
            // There are no references to the others: none of their types is any caller's.
            bool reached = facts.Reached.Contains(f.Index);
            yield return (null, reached ? TypeOf(f.Index) : uint.MaxValue);
            yield return reached ? ($"fn{f.Index}", 0u) : (null, 0u);
        }
    }

    private ushort TypeOf(uint function) => facts.Module->Functions[function].TypeIndex;
}
