// SPDX-License-Identifier: MIT
// Facts on which the translation of every function depends: constant sizes, constant tables, functions that can be called from outside.
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.Xip.Analysis;

/// <summary>Facts about a module that hold for all its functions.</summary>
internal sealed unsafe class ModuleFacts
{
    internal ModuleFacts(Module* module, CompileOptions options)
    {
        Module = module;
        Options = options;
        Functions = [.. Enumerable.Range(module->ImportedFunctions, module->FunctionCount - module->ImportedFunctions)
            .Select(i => new FunctionScan(Module, (uint)i))];
        MemoryType* memory = &module->Info->Memory;
        bool own = memory->Present != 0 && memory->Import == 0;
        bool mayChange = Functions.Any(f => f.Grows) || (options.Open && IsExported(ExternKind.Memory, 0) && memory->Max > memory->Min);
        ulong bytes = memory->TruncatedBytes != 0 ? memory->TruncatedBytes : (ulong)memory->Min << memory->PageShift;
        MinBytes = memory->Present == 0 ? 0 : bytes;
        Guarded = options.GuardPages && own && memory->PageShift == Config.PageShift && bytes is > 0 and <= Config.MaxMemoryBytes;
        if (own && !Guarded && !mayChange && bytes + options.HeapBytes is > 0 and <= Config.MaxMemoryBytes)
            FixedBytes = (uint)bytes + options.HeapBytes;
        Tables = [.. Enumerable.Range(0, module->TableCount).Select(t => ConstantTable.Of(this, (uint)t))];
        Reached = FindReached();
        Graph = new CallGraph([.. Functions.Select(f => CalleesOf(f.Calls, f.IndirectCalls))]);
    }

    internal Module* Module { get; }

    internal CompileOptions Options { get; }

    /// <summary>The module's own functions, in order.</summary>
    internal IReadOnlyList<FunctionScan> Functions { get; }

    /// <summary>The size of the memory if it is constant; 0 if the memory may grow, is imported, or does not exist.</summary>
    internal uint FixedBytes { get; }

    /// <summary>Whether guard pages replace the checks, for any size.</summary>
    internal bool Guarded { get; }

    /// <summary>
    /// The size of the memory on which the code depends. If it is not 0, code receives the memory's address (see <see cref="NativeEnv"/>).
    /// </summary>
    internal uint ReliedBytes => Guarded ? (uint)MinBytes : FixedBytes;

    /// <summary>The smallest size that the memory can have.</summary>
    internal ulong MinBytes { get; }

    /// <summary>The contents of each constant table; null for the others.</summary>
    internal IReadOnlyList<ConstantTable?> Tables { get; }

    /// <summary>
    /// The functions that the runtime may call: exported functions, the start function, and functions with references that code passes on.
    /// </summary>
    internal IReadOnlySet<uint> Reached { get; }

    internal CallGraph Graph { get; }

    internal FuncType* TypeOf(uint function) => &Module->Types[Module->Functions[function].TypeIndex];

    /// <summary>The bits of a constant global that does not depend on an instance; null for others.</summary>
    internal ulong? ConstantOf(uint global)
    {
        Global* g = &Module->Globals[global];
        if (global < Module->ImportedGlobals || g->Mutable != 0 || global == AppHeaps.HeapBaseOf(Module)) return null;
        ByteReader r = Read.Over(Module->Bytes, Module->Bytes + g->Entry, Module->Bytes + Module->Size);
        Instr value = default, end = default;
        InstrReader.Next(&r, &value, Features.All);
        InstrReader.Next(&r, &end, Features.All);
        return value.Op is >= Opcode.I32Const and <= Opcode.F64Const && end.Op == Opcode.End ? value.Bits : null;
    }

    internal int ImportedFunctions => Module->ImportedFunctions;

    internal bool IsImport(uint function) => function < Module->ImportedFunctions;

    internal bool IsExported(ExternKind kind, uint index)
    {
        Export export;
        for (bool more = Exports.First(Module, &export); more; more = Exports.Next(Module, &export))
            if (export.Kind == kind && export.Index == index) return true;
        return false;
    }

    private HashSet<uint> FindReached()
    {
        HashSet<uint> reached = [.. Functions.SelectMany(f => f.References)];
        Export export;
        for (bool more = Exports.First(Module, &export); more; more = Exports.Next(Module, &export))
            if (export.Kind == ExternKind.Func) reached.Add(export.Index);
        if (Module->Info->StartFunction != Core.Wasm.Module.NoIndex) reached.Add(Module->Info->StartFunction);
        for (uint segment = 0; segment < Module->ElemCount; segment++)
            if (!Tables.Any(t => t != null && t.Segments.Contains(segment))) reached.UnionWith(Elements.FunctionsOf(Module, segment));
        for (uint global = Module->ImportedGlobals; global < Module->GlobalCount; global++)
            reached.UnionWith(Elements.FunctionsIn(Module, Module->Globals[global].Entry));
        return reached;
    }

    /// <summary>The positions, among the module's own functions, of those that certain calls may reach.</summary>
    internal int[] CalleesOf(IEnumerable<uint> calls, IEnumerable<(uint Type, uint Table)> indirectCalls)
    {
        uint first = Module->ImportedFunctions;
        IEnumerable<uint> indirect = indirectCalls.SelectMany(call => TargetsOf(call.Type, call.Table));
        return [.. calls.Concat(indirect).Where(callee => callee >= first).Select(callee => (int)(callee - first))];
    }

    /// <summary>Functions that a call of a type through a table may reach.</summary>
    internal IEnumerable<uint> TargetsOf(uint type, uint table)
    {
        ushort canonical = Module->Types[type].Canonical;
        IEnumerable<uint> all = Tables[(int)table]?.Functions.Where(f => f != null).Select(f => f!.Value).Distinct() ?? Reached;
        return all.Where(f => Module->Functions[f].TypeIndex == canonical);
    }
}
