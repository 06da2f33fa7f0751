// SPDX-License-Identifier: MIT
// The one block of a module: the structure and behind it all tables, exactly as large as the section headers announce.
namespace Wamr.Nano.Core;

internal static unsafe class ModuleTables
{
    /// <summary>Allocates the module of <paramref name="l"/>, all tables set up and empty.</summary>
    internal static WasmError Allocate(Loading* l, byte* bytes, uint size)
    {
        Module counts = default;
        WasmError error = Count(l, bytes, &counts);
        if (error != WasmError.None) return error;
        uint total = Place(&counts, null);
        byte* block = (byte*)Allocator.AllocZeroed(&l->Runtime->Allocator, total, MemoryCategory.Module);
        if (block == null) return l->Runtime->Error.Code;

        Module* module = (Module*)block;
        *module = counts;
        Place(module, block);
        module->Runtime = l->Runtime;
        module->Bytes = bytes;
        module->Size = size;
        module->StartFunction = Module.NoIndex;
        module->AuxStack.Global = Module.NoIndex;
        l->Module = module;
        return WasmError.None;
    }

    private static WasmError Count(Loading* l, byte* bytes, Module* m)
    {
        Section* s = l->Sections;
        Section* imports = &s[(int)SectionId.Import];
        ByteReader r = Read.Over(bytes, imports->Items, imports->End);
        uint functions = 0, globals = 0, tables = 0;
        for (l->Index = 0; l->Index < imports->Count && r.Error == WasmError.None; l->Index++)
        {
            Import import;
            Imports.Item(&r, &import, l->Features);
            if (import.Kind == ExternKind.Func) functions++;
            else if (import.Kind == ExternKind.Global) globals++;
            else if (import.Kind == ExternKind.Table) tables++;
        }
        if (r.Error != WasmError.None)
        {
            l->Index--;
            return Loads.Report(l, &r);
        }
        l->Index = ErrorInfo.Unknown;
        m->ImportedFunctions = (ushort)functions;
        m->ImportedGlobals = (ushort)globals;
        m->ImportedTables = (ushort)tables;
        functions += s[(int)SectionId.Function].Count;
        globals += s[(int)SectionId.Global].Count;
        tables += s[(int)SectionId.Table].Count;
        if (functions > Config.MaxItems || globals > Config.MaxItems || tables > Config.MaxItems)
            return Loads.Report(l, WasmError.TooManyItems, ErrorInfo.Unknown, functions);

        m->FunctionCount = (ushort)functions;
        m->GlobalCount = (ushort)globals;
        m->TableCount = (ushort)tables;
        m->TypeCount = (ushort)s[(int)SectionId.Type].Count;
        m->ImportCount = (ushort)imports->Count;
        m->ExportCount = (ushort)s[(int)SectionId.Export].Count;
        m->ElemCount = (ushort)s[(int)SectionId.Element].Count;
        m->DataCount = (ushort)s[(int)SectionId.Data].Count;
        m->Imports = imports->Items;
        m->Exports = s[(int)SectionId.Export].Items;
        return WasmError.None;
    }

    /// <summary>Points the tables of <paramref name="m"/> into the block. Every entry is a multiple of a pointer in size.</summary>
    /// <returns>Bytes of the block.</returns>
    private static uint Place(Module* m, byte* block)
    {
        uint at = (uint)sizeof(Module);
        m->Types = (FuncType*)(block + at);
        at += m->TypeCount * (uint)sizeof(FuncType);
        m->Functions = (Function*)(block + at);
        at += m->FunctionCount * (uint)sizeof(Function);
        m->Globals = (Global*)(block + at);
        at += m->GlobalCount * (uint)sizeof(Global);
        m->Tables = (TableType*)(block + at);
        at += m->TableCount * (uint)sizeof(TableType);
        m->DataSegments = (byte**)(block + at);
        at += m->DataCount * (uint)sizeof(byte*);
        m->ElemSegments = (byte**)(block + at);
        return at + m->ElemCount * (uint)sizeof(byte*);
    }
}
