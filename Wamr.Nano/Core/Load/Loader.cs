// SPDX-License-Identifier: MIT
// Loads a module (spec chapters 5.5.16, 3.5.14): scan, one exact allocation, sections in order with the function bodies validated,
// lowering.
using System.Runtime.CompilerServices;
using Wamr.Nano.Core.Load.Precompile;
using Wamr.Nano.Core.Load.Sections;
using Wamr.Nano.Core.Load.Validate;
using Wamr.Nano.Core.Memory;
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load;

internal static unsafe class Loader
{
    /// <summary>Makes a module from a binary: validates it, and lowers it to register code.</summary>
    /// <param name="allocator">Allocates the module, and receives the description of a failure.</param>
    /// <param name="rules">The rules for loading.</param>
    /// <param name="bytes">The binary. It is never written, may lie in flash, and must outlive the module.</param>
    /// <param name="size">Bytes of the binary.</param>
    /// <param name="moduleBytes">Size of the caller's structure, which begins with a <see cref="Module"/>. The rest of it is zero.</param>
    /// <param name="module">Set only on success. Free it with <see cref="Release"/>.</param>
    /// <returns>The error. <see cref="Allocator.Error"/> then also has offset and index, and nothing stays allocated.</returns>
    internal static WasmError Load(Allocator* allocator, LoadRules* rules, byte* bytes, uint size, uint moduleBytes, Module** module)
    {
        Module* m = null;
        WasmError error = Parse(allocator, rules, bytes, size, moduleBytes, &m);
        if (error == WasmError.None)
        {
            // Setting the stack pointer is lowered to a special instruction.
            HeapBase.Find(m, rules);
            m->Profiled = rules->Profiled;
            m->UncheckedStack = rules->StackPointer == LoadRules.UncheckedStack ? (byte)1 : (byte)0;
            error = Precompiler.Lower(allocator, m);
        }
        if (error == WasmError.None) *module = m;
        else if (m != null) Release(allocator, m);
        return error;
    }

    /// <summary>Frees a module.</summary>
    internal static void Release(Allocator* allocator, Module* module)
    {
        Allocator.Free(allocator, module->Code);
        Allocator.Free(allocator, module);
    }

    /// <summary>
    /// Reads and validates everything. Its state lies in the pool, not on the native stack, and is freed before the functions are lowered.
    /// A module may be set even on failure.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WasmError Parse(Allocator* allocator, LoadRules* rules, byte* bytes, uint size, uint moduleBytes, Module** module)
    {
        uint state = (uint)(sizeof(Validation) + SectionScan.Ids * sizeof(Section));
        Loading* l = (Loading*)Allocator.AllocTransient(allocator, state, MemoryCategory.Module);
        if (l == null) return allocator->Error->Code;
        Raw.Fill((byte*)l, 0, state);
        l->Allocator = allocator;
        l->Features = rules->Features;
        l->Sections = (Section*)((Validation*)l + 1);
        l->Index = ErrorInfo.Unknown;
        WasmError error = SectionScan.Scan(l, bytes, size);
        if (error == WasmError.None) error = ModuleTables.Allocate(l, bytes, size, moduleBytes);
        if (error == WasmError.None) error = Contents(l);
        *module = l->Module;
        Allocator.Free(allocator, l);
        return error;
    }

    /// <summary>Reads all sections, and allocates and frees what they need in between.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WasmError Contents(Loading* l)
    {
        uint declaredBytes = ((uint)l->Module->FunctionCount + 7) / 8;
        l->Declared = (byte*)Loads.Allocate(l, declaredBytes);
        if (l->Declared == null) return l->Allocator->Error->Code;
        Raw.Fill(l->Declared, 0, declaredBytes);
        WasmError error = AllSections(l);
        Validator.Release((Validation*)l);
        Loads.Free(l, l->Declared);
        return error;
    }

    private static WasmError AllSections(Loading* l)
    {
        Module* m = l->Module;
        WasmError error = Items(l, SectionId.Type, 0, &TypeSection.Item);
        if (error == WasmError.None) error = TypeSection.Canonicalize(l);
        if (error == WasmError.None) error = Items(l, SectionId.Import, 0, &ImportSection.Item);
        if (error == WasmError.None) error = Items(l, SectionId.Function, m->ImportedFunctions, &FunctionSection.Item);
        if (error == WasmError.None) error = Items(l, SectionId.Table, m->ImportedTables, &TableSection.Item);
        if (error == WasmError.None) error = Items(l, SectionId.Memory, 0, &MemorySection.Item);
        if (error == WasmError.None) error = Items(l, SectionId.Global, m->ImportedGlobals, &GlobalSection.Item);
        if (error == WasmError.None) error = Items(l, SectionId.Export, 0, &ExportSection.Item);
        if (error == WasmError.None) error = ExportSection.CheckNames(l);
        if (error == WasmError.None) error = Items(l, SectionId.Start, 0, &StartSection.Item);
        if (error == WasmError.None) error = Items(l, SectionId.Element, 0, &ElementSection.Item);
        if (error == WasmError.None) error = Items(l, SectionId.Code, m->ImportedFunctions, &CodeSection.Item);
        if (error == WasmError.None) error = Items(l, SectionId.Data, 0, &DataSection.Item);
        return error;
    }

    /// <summary>
    /// Reads the items of a section, which must end with the last item. The first has index <paramref name="first"/> in its index space.
    /// </summary>
    private static WasmError Items(Loading* l, SectionId id, uint first, delegate*<Loading*, ByteReader*, uint, void> item)
    {
        Section* section = &l->Sections[(int)id];
        ByteReader r = Read.Over(l->Module->Bytes, section->Items, section->End);
        for (uint i = 0; i < section->Count && r.Error == WasmError.None; i++)
        {
            l->Index = first + i;
            item(l, &r, first + i);
        }
        if (r.Error == WasmError.None)
        {
            l->Index = ErrorInfo.Unknown;
            if (r.Pos == r.End) return WasmError.None;
            Read.Fail(&r, WasmError.SectionSizeMismatch);
        }
        return Loads.Report(l, &r);
    }
}
