// SPDX-License-Identifier: MIT
// A table that nothing changes after instantiation. Its contents are known at compile time, and need no RAM.
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.Xip.Analysis;

/// <summary>The constant contents of a table of functions.</summary>
internal sealed unsafe class ConstantTable
{
    /// <summary>The runtime handles larger tables, because each type that is called through a table needs a copy.</summary>
    private const uint MaxSize = 4096;

    private ConstantTable(uint size) => Functions = new uint?[size];

    /// <summary>Function index of each element; null elements are null.</summary>
    internal uint?[] Functions { get; }

    /// <summary>The element segments that fill it.</summary>
    internal HashSet<uint> Segments { get; } = [];

    /// <summary>Whether something outside the module sees it. Then it also exists at run time.</summary>
    internal bool Exported { get; private set; }

    /// <summary>The contents, or null if they may change or depend on the instance.</summary>
    internal static ConstantTable? Of(ModuleFacts facts, uint table)
    {
        Module* module = facts.Module;
        TableType* type = &module->Tables[table];
        bool exported = facts.IsExported(ExternKind.Table, table);
        if (type->Import != 0 || type->ElemType != ValType.FuncRef || type->Min > MaxSize || (exported && facts.Options.Open)) return null;
        if (facts.Functions.Any(f => f.TablesTouched.Contains(table))) return null;
        ConstantTable contents = new(type->Min) { Exported = exported };
        for (uint segment = 0; segment < module->ElemCount; segment++)
            if (!contents.Fill(module, table, segment)) return null;
        return contents;
    }

    private bool Fill(Module* module, uint table, uint segment)
    {
        ByteReader r;
        ElemSegment s;
        ElemSegments.Get(module, segment, &r, &s);
        if (s.Mode != ElemMode.Active || s.Table != table) return true;
        if (!Elements.Constant(module, (uint)(s.Offset - module->Bytes), out uint at)) return false;
        uint?[]? items = Elements.Items(module, segment);
        if (items == null || (ulong)at + (uint)items.Length > (uint)Functions.Length) return false;
        items.CopyTo(Functions, at);
        Segments.Add(segment);
        return true;
    }
}
