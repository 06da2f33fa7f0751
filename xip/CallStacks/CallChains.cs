// SPDX-License-Identifier: MIT
// Finds the module's functions that contain a call, and the positions in them, as far as they are certain. The compiler merges identical
// code, so one call may stand for several. Then only what these have in common is certain.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Wamr.Nano.Xip.Emit;
using Wamr.Nano.Xip.Analysis;

namespace Wamr.Nano.Xip.CallStacks;

/// <summary>The functions that contain a call, innermost first. The last one has the frame.</summary>
internal sealed class CallChains(CModule c, IReadOnlyList<CPart> files)
{
    private const uint Unknown = Core.ErrorInfo.Unknown;

    private readonly Dictionary<string, CPart> _files = files.ToDictionary(file => file.Name);
    private readonly Dictionary<Scope, List<Scope>> _copies = [];

    /// <summary>The functions of a call; none if the code belongs to no function.</summary>
    internal IReadOnlyList<Place> Of(CallSite site)
    {
        Scope scope = site.Scope;
        if (site.Callee == CallSites.Piece) return Owner(scope.Root) is uint all ? [new(all, Unknown)] : [];
        if (site.Callee == "trap")
            return scope.Parent == null ? Chain(scope, site) : Owner(scope.Root) is uint owner ? [new(owner, Unknown)] : [];
        if (site.Callee == "raise" || site.Callee?.StartsWith("poll", StringComparison.Ordinal) == true)
            return Certain(Chain(scope, site), Owner(scope.Root));
        // A call after a mark is one call in one function, but any copy of that function may contain it, so all copies must be compared.
        List<Scope> copies = CopiesOf(scope);
        return copies.Select(copy => Chain(copy, site)).Aggregate(Common);
    }

    /// <summary>All copies of a function that share code.</summary>
    private List<Scope> CopiesOf(Scope scope)
    {
        if (!_copies.TryGetValue(scope, out List<Scope>? copies))
            _copies[scope] = copies = [.. scope.Root.All().Where(other => other.Name == scope.Name)];
        return copies;
    }

    /// <summary>The functions that contain a scope, according to the compiler, for a call in that scope.</summary>
    private List<Place> Chain(Scope scope, CallSite site)
    {
        List<Place> chain = [];
        (string file, int line) = (site.File, site.Line);
        for (Scope? at = scope; at != null; at = at.Parent)
        {
            if (FunctionOf(at) is uint function)
            {
                Place? place = _files.GetValueOrDefault(file)?.PlaceOf(line);
                bool known = place?.Function == function;
                // After a tail call, the function no longer exists.
                if (!known || !c.IsTailCall(place!.Value)) chain.Add(new(function, known ? place!.Value.Offset : Unknown));
            }
            (file, line) = (at.CallFile, at.CallLine);
        }
        return chain;
    }

    /// <summary>
    /// What is certain about the functions around a trap or a request for fuel. The code names the innermost function itself. Identical
    /// copies may have been merged, so between the innermost and the outermost function, only functions that are on every possible path of
    /// calls are certain.
    /// </summary>
    private List<Place> Certain(List<Place> chain, uint? outermost)
    {
        if (chain.Count < 2 || outermost is not uint from) return chain;
        uint to = chain[0].Function;
        if (from == to) return [chain[0]];
        List<Place> certain = [chain[0]];
        for (int n = 1; n < chain.Count; n++)
        {
            Place place = chain[n];
            if (place.Function == to || (place.Function != from && Leads(from, to, without: place.Function))) continue;
            // If the next inner function is called at only one place, that is the place.
            uint? call = certain[^1].Function == chain[n - 1].Function ? c.OnlyCall(place.Function, chain[n - 1].Function) : null;
            certain.Add(place with { Offset = call ?? Unknown });
        }
        return certain;
    }

    /// <summary>Whether direct calls lead from one function to another.</summary>
    private bool Leads(uint from, uint to, uint without)
    {
        HashSet<uint> seen = [from, without];
        Stack<uint> open = new([from]);
        while (open.TryPop(out uint function))
        {
            if (function == to) return true;
            if (c.Facts.IsImport(function)) continue;
            foreach (uint callee in ScanOf(function).Calls)
                if (seen.Add(callee)) open.Push(callee);
        }
        return false;
    }

    private FunctionScan ScanOf(uint function) => c.Facts.Functions[(int)(function - (uint)c.Facts.ImportedFunctions)];

    /// <summary>What two lists of functions have in common, from the outermost in and from the innermost out.</summary>
    private static List<Place> Common(List<Place> a, List<Place> b)
    {
        int shorter = Math.Min(a.Count, b.Count), outer = 0, inner = 0;
        while (outer < shorter && a[^(outer + 1)].Function == b[^(outer + 1)].Function) outer++;
        while (inner < shorter - outer && a[inner].Function == b[inner].Function) inner++;
        return [.. Enumerable.Range(0, inner).Select(n => Both(a[n], b[n])),
            .. Enumerable.Range(1, outer).Select(n => Both(a[^n], b[^n])).Reverse()];
    }

    private static Place Both(Place a, Place b) => a.Offset == b.Offset ? a : a with { Offset = Unknown };

    /// <summary>The function to which the code of a scope belongs; null for code outside functions.</summary>
    private uint? FunctionOf(Scope scope)
    {
        if (Number(scope.Name, "body") is uint body) return body;
        return Number(scope.Name, "fn") is uint function && !c.Facts.IsImport(function) && !c.Tails.HasBody(ScanOf(function)) ? function
            : null;
    }

    /// <summary>The function for which a separate piece of code was made.</summary>
    private uint? Owner(Scope root) =>
        (Number(root.Name, "fn") ?? Number(root.Name, "body") ?? Number(root.Name, "entry")) is uint function && !c.Facts.IsImport(function)
        ? function
        : null;

    private static uint? Number(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal)
        && uint.TryParse(name.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out uint number)
        ? number
        : null;
}
