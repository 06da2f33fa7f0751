// SPDX-License-Identifier: MIT
// The most operand stack that any call of an exported function can take, from the calls in the register code; no bound where they form a
// circle.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;

namespace Wamr.Nano.Tool.Fit;

/// <param name="BoardBytes">Operand stack where pointers have 4 bytes; of the calls without the circles.</param>
/// <param name="Path">Functions of the deepest calls, outermost first.</param>
/// <param name="Circle">Functions that call each other; empty if the depth is bounded.</param>
internal sealed record StackBound(uint BoardBytes, IReadOnlyList<uint> Path, IReadOnlyList<uint> Circle);

internal sealed unsafe class StaticStack
{
    private readonly record struct Site(uint Function, uint Frame);

    private readonly Module* _module;
    private readonly IReadOnlyList<uint> _elements;
    private readonly Dictionary<uint, (uint Slots, uint Next)> _bounds = [];
    private readonly List<uint> _open = [];
    private IReadOnlyList<uint> _circle = [];

    private StaticStack(HostRun run)
    {
        _module = run.Module.Pointer;
        _elements = Elements(run.Instance.Pointer);
    }

    /// <param name="run">An instance: its tables say what indirect calls may reach.</param>
    internal static StackBound Of(HostRun run)
    {
        StaticStack all = new(run);
        uint most = 0, first = Module.NoIndex;
        foreach (uint root in all.Roots())
        {
            uint slots = all.Bound(root);
            if (slots <= most && first != Module.NoIndex) continue;
            most = slots;
            first = root;
        }
        List<uint> path = [];
        for (uint at = first; at != Module.NoIndex && !path.Contains(at); at = all._bounds[at].Next) path.Add(at);
        return new(Math.Max(Config.MinStackBytes, most * sizeof(uint)), path, all._circle);
    }

    /// <summary>Exported functions and the start function, as far as they are the module's own.</summary>
    private IEnumerable<uint> Roots()
    {
        List<uint> roots = [];
        Export export;
        for (bool more = Exports.First(_module, &export); more; more = Exports.Next(_module, &export))
            if (export.Kind == ExternKind.Func) roots.Add(export.Index);
        if (_module->Info->StartFunction != Module.NoIndex) roots.Add(_module->Info->StartFunction);
        roots.RemoveAll(root => root < _module->ImportedFunctions);
        return roots;
    }

    /// <summary>Slots on a board from the function's frame on: its own frame, or what the deepest of its calls reaches.</summary>
    private uint Bound(uint function)
    {
        if (_bounds.TryGetValue(function, out var known)) return known.Slots;
        int at = _open.IndexOf(function);
        if (at >= 0 || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            if (_circle.Count == 0) _circle = [.. _open.Skip(at)];
            return 0;
        }
        _open.Add(function);
        // With pointers of half the size, a return address takes one slot less.
        uint less = SaveArea.SlotsOf(_module) - SaveArea.SlotsFor(Layout.Board.PointerBytes);
        uint most = RegCode.Of(_module, function)[RegCode.FrameSlots] - less, next = Module.NoIndex;
        foreach (Site site in Calls(function))
        {
            // A loop by tail calls to itself goes on in one frame.
            if (site == new Site(function, 0)) continue;
            uint slots = Bound(site.Function) + (site.Frame == 0 ? 0 : site.Frame - less);
            if (slots <= most) continue;
            most = slots;
            next = site.Function;
        }
        _open.RemoveAt(_open.Count - 1);
        _bounds[function] = (most, next);
        return most;
    }

    private List<Site> Calls(uint function)
    {
        List<Site> sites = [];
        ushort* at = RegCode.Of(_module, function);
        ushort* end = _module->Code
            + (function + 1 < _module->FunctionCount ? _module->Functions[function + 1].Code : _module->CodeSize / sizeof(ushort));
        at += RegCode.HeaderUnits + at[RegCode.ConstSlots] * 2;
        for (byte shape; at < end; at += RegOpTable.Units(shape) + (shape == Shape.Table ? at[1] + 1 : 0))
        {
            RegOp op = (RegOp)(*at & 0xFF);
            shape = RegOpTable.ShapeOf(op);
            // A tail call's frame takes the place of its caller's.
            if (op is RegOp.Call or RegOp.TailCall) sites.Add(new(at[1], op == RegOp.Call ? at[2] : 0u));
            else if (op is RegOp.CallIndirect or RegOp.TailCallIndirect)
                sites.AddRange(Targets(at[1]).Select(target => new Site(target, op == RegOp.CallIndirect ? at[2] : 0u)));
        }
        return sites;
    }

    private IEnumerable<uint> Targets(uint type) => _elements.Where(function => TypeOf(function) == type);

    private uint TypeOf(uint function) => _module->Functions[function].TypeIndex;

    /// <summary>The module's own functions that are in its tables.</summary>
    private static List<uint> Elements(Instance* instance)
    {
        SortedSet<uint> functions = [];
        for (uint t = 0; t < instance->Module->TableCount; t++)
        {
            TableInst* table = instance->Tables[t];
            for (uint i = 0; i < table->Size; i++)
            {
                uint reference = table->Elements[i], function = FuncRef.FunctionOf(reference);
                bool own = reference != FuncRef.Null && table->ElemType == ValType.FuncRef
                    && FuncRef.InstanceOf(instance->Runtime, reference) == instance;
                if (own && function >= instance->Module->ImportedFunctions) functions.Add(function);
            }
        }
        return [.. functions];
    }
}
