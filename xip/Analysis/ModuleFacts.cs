// SPDX-License-Identifier: MIT
// What the translation of every function depends on: sizes that are constant, tables nobody writes, functions the outside can reach.
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.Xip.Analysis;

/// <summary>Facts of a module that hold for all its functions.</summary>
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
        if (own && !Guarded && !mayChange && bytes + options.HeapBytes is > 0 and <= Config.MaxMemoryBytes) FixedBytes = (uint)bytes + options.HeapBytes;
        Tables = [.. Enumerable.Range(0, module->TableCount).Select(t => ConstantTable.Of(this, (uint)t))];
        Reached = FindReached();
        Graph = new CallGraph([.. Functions.Select(f => CalleesOf(f.Calls, f.IndirectCalls))]);
    }

    internal Module* Module { get; }

    internal CompileOptions Options { get; }

    /// <summary>The module's own functions, in order.</summary>
    internal IReadOnlyList<FunctionScan> Functions { get; }

    /// <summary>Bytes of the memory where they are known for good; 0 if it may grow, is imported, or there is none.</summary>
    internal uint FixedBytes { get; }

    /// <summary>Pages behind the memory make the checks, whatever its size.</summary>
    internal bool Guarded { get; }

    /// <summary>Bytes of the memory the code relies on; not 0 where it is called with the memory's address (see <see cref="NativeEnv"/>).</summary>
    internal uint ReliedBytes => Guarded ? (uint)MinBytes : FixedBytes;

    /// <summary>Bytes the memory has at least, always.</summary>
    internal ulong MinBytes { get; }

    /// <summary>Contents of each table that never changes; null of the others.</summary>
    internal IReadOnlyList<ConstantTable?> Tables { get; }

    /// <summary>Functions the runtime may be asked to call: exported ones, the start function, those whose references get about.</summary>
    internal IReadOnlySet<uint> Reached { get; }

    internal CallGraph Graph { get; }

    internal FuncType* TypeOf(uint function) => &Module->Types[Module->Functions[function].TypeIndex];

    /// <summary>Bits of a global that never changes and depends on nothing; null of others.</summary>
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

    /// <summary>Positions, among the own functions, of those that some calls may reach.</summary>
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
