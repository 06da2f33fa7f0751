// SPDX-License-Identifier: MIT
// Tail calls that may go on for ever (spec chapter 4.4.8): finds them, and decides whether the C compiler turns them into jumps.
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Xip.Analysis;
using Wamr.Nano.Xip.Targets;

namespace Wamr.Nano.Xip.Emit;

/// <summary>
/// The tail calls of a module that lie on a cycle of tail calls. All others end by themselves, and are ordinary calls. If the C compiler
/// can turn each of them into a jump, it does. If it cannot do that for one, all of them bounce: the function stores the arguments and
/// returns, and the function that was called first calls the next one (see <see cref="Bounces"/>). A cycle with both kinds would let the
/// stack grow.
/// </summary>
internal sealed unsafe class TailCalls
{
    private readonly ModuleFacts _facts;
    private readonly int[] _component;
    private readonly HashSet<uint> _entries = [];
    private readonly Dictionary<(uint Type, uint Table), HashSet<int>> _reached = [];

    internal TailCalls(ModuleFacts facts, Target target)
    {
        _facts = facts;
        _component = new CallGraph([.. facts.Functions.Select(f => facts.CalleesOf(f.TailCalls, f.IndirectTailCalls))]).Component;
        bool some = false, jumps = true;
        foreach (FunctionScan f in facts.Functions)
        {
            foreach (uint callee in f.TailCalls.Where(callee => IsEndless(f, callee)))
            {
                some = true;
                jumps &= Note(facts.TypeOf(callee), target, pointers: 1);
                _entries.Add(callee);
            }
            foreach ((uint type, uint table) in f.IndirectTailCalls.Where(call => IsEndless(f, call.Type, call.Table)))
            {
                // If the table may change, the first function also receives the element.
                some = true;
                jumps &= Note(&facts.Module->Types[type], target, facts.Tables[(int)table] == null ? 2 : 1);
                _entries.UnionWith(facts.TargetsOf(type, table));
            }
        }
        AreJumps = some && jumps;
        Bounce = !jumps;
        if (!Bounce) _entries.Clear();
    }

    /// <summary>Whether the C compiler must turn calls in tail position into jumps.</summary>
    internal bool AreJumps { get; }

    /// <summary>Whether the tail calls on cycles bounce.</summary>
    internal bool Bounce { get; }

    /// <summary>
    /// The slots of the longest list of stored arguments. It is the same for all functions, because a function that bounces may call
    /// another that bounces, and never return. The other then stores its arguments in the same place.
    /// </summary>
    internal uint Slots { get; private set; }

    /// <summary>Whether a function bounces. Then it has a separate body, which receives the place for stored arguments.</summary>
    internal bool HasBody(FunctionScan f) =>
        Bounce && (f.TailCalls.Any(callee => IsEndless(f, callee)) || f.IndirectTailCalls.Any(call => IsEndless(f, call.Type, call.Table)));

    /// <summary>Whether a function is called with stored arguments.</summary>
    internal bool HasEntry(uint function) => _entries.Contains(function);

    internal bool IsBounced(FunctionScan caller, uint callee) => Bounce && IsEndless(caller, callee);

    internal bool IsBounced(FunctionScan caller, uint type, uint table) => Bounce && IsEndless(caller, type, table);

    /// <summary>Types and tables of the calls that bounce through tables that may change.</summary>
    internal IEnumerable<(ushort Type, uint Table)> Lookups() =>
        _facts.Functions.SelectMany(f =>
            f.IndirectTailCalls.Where(call => _facts.Tables[(int)call.Table] == null && IsBounced(f, call.Type, call.Table)))
            .Select(call => (_facts.Module->Types[call.Type].Canonical, call.Table)).Distinct();

    /// <summary>Checks a tail call on a cycle; false if it cannot become a jump.</summary>
    private bool Note(FuncType* type, Target target, int pointers)
    {
        Slots = System.Math.Max(Slots, type->ParamSlots);
        return target.Jumps(pointers + (type->ResultCount > 1 ? 1 : 0), CTypes.List(FuncTypes.Params(type), type->ParamCount));
    }

    private bool IsEndless(FunctionScan caller, uint callee) =>
        !_facts.IsImport(callee) && ComponentOf(caller.Index) == ComponentOf(callee);

    private bool IsEndless(FunctionScan caller, uint type, uint table)
    {
        if (!_reached.TryGetValue((type, table), out HashSet<int>? components))
            _reached[(type, table)] = components =
                [.. _facts.TargetsOf(type, table).Where(callee => !_facts.IsImport(callee)).Select(ComponentOf)];
        return components.Contains(ComponentOf(caller.Index));
    }

    private int ComponentOf(uint function) => _component[function - _facts.Module->ImportedFunctions];
}
