// SPDX-License-Identifier: MIT
// Loads a module (spec chapters 5.5.16, 3.5.14): scan, one exact allocation, sections in order with the function bodies validated, lowering.
using System.Runtime.CompilerServices;
using Wamr.Nano.Core.Engine.Interpreter;
using Wamr.Nano.Core.Load.Precompile;
using Wamr.Nano.Core.Load.Sections;
using Wamr.Nano.Core.Load.Validate;
using Wamr.Nano.Core.Memory;
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.Run;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load;

internal static unsafe class ModuleLoader
{
    /// <summary>Makes a module of a binary, ready to be instantiated.</summary>
    /// <param name="rt">Owner of the module.</param>
    /// <param name="bytes">The binary: never written, may lie in flash, must outlive the module.</param>
    /// <param name="size">Bytes of the binary.</param>
    /// <param name="module">Set on success only; to be given back by <see cref="Modules.Unload"/>.</param>
    /// <returns>On failure <see cref="Runtime.Error"/> tells offset and index as well, and nothing stays allocated.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)] // a step of its own on the native stack
    internal static WasmError Load(Runtime* rt, byte* bytes, uint size, Module** module)
    {
        if (NativeStack.IsLow(rt)) return WasmError.NativeStackOverflow;
        Module* m = null;
        WasmError error = Parse(rt, bytes, size, &m);
        if (error == WasmError.None)
        {
            // What sets the stack pointer is lowered to an instruction of its own.
            HeapBase.Find(m);
            error = Precompiler.Lower(m);
        }
        if (error == WasmError.None)
        {
            m->Run = &InterpreterEngine.Run;
            *module = m;
        }
        else if (m != null) Modules.Release(m);
        return error;
    }

    /// <summary>
    /// Reads and validates everything. What it needs for that lies in the pool, not on the native stack, and is gone before the
    /// functions are lowered. A module may be set on failure, too.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WasmError Parse(Runtime* rt, byte* bytes, uint size, Module** module)
    {
        uint state = (uint)(sizeof(Loading) + sizeof(Validation) + SectionScan.Ids * sizeof(Section));
        Loading* l = (Loading*)Allocator.AllocTransient(&rt->Allocator, state, MemoryCategory.Module);
        if (l == null) return rt->Error.Code;
        Raw.Fill((byte*)l, 0, state);
        l->Runtime = rt;
        l->Features = rt->Features;
        l->Validation = (Validation*)(l + 1);
        l->Sections = (Section*)(l->Validation + 1);
        l->Index = ErrorInfo.Unknown;
        WasmError error = SectionScan.Scan(l, bytes, size);
        if (error == WasmError.None) error = ModuleTables.Allocate(l, bytes, size);
        if (error == WasmError.None) error = Contents(l);
        *module = l->Module;
        Allocator.Free(&rt->Allocator, l);
        return error;
    }

    /// <summary>Reads all sections, with what they need in between for a while.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WasmError Contents(Loading* l)
    {
        uint declaredBytes = ((uint)l->Module->FunctionCount + 7) / 8;
        l->Declared = (byte*)Loads.Allocate(l, declaredBytes);
        if (l->Declared == null) return l->Runtime->Error.Code;
        Raw.Fill(l->Declared, 0, declaredBytes);
        WasmError error = AllSections(l);
        Validator.Release(l);
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

    /// <summary>Reads the items of a section, which must fill it. The first one has index <paramref name="first"/> in its index space.</summary>
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
