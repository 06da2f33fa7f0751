// SPDX-License-Identifier: MIT
// The one block of a module: the structure its owner wants and behind it all tables, exactly as large as the section headers announce.
using System.Runtime.CompilerServices;
using Wamr.Nano.Core.Memory;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Sections;

internal static unsafe class ModuleTables
{
    /// <summary>Allocates the module of <paramref name="l"/>, all tables set up and empty.</summary>
    /// <param name="l">The load.</param>
    /// <param name="bytes">The binary.</param>
    /// <param name="size">Bytes of it.</param>
    /// <param name="moduleBytes">Size of the structure that begins with the module.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static WasmError Allocate(Loading* l, byte* bytes, uint size, uint moduleBytes)
    {
        ModuleInfo info = default;
        WasmError error = Count(l, bytes, &info);
        if (error != WasmError.None) return error;
        uint header = Aligned(moduleBytes);
        uint total = header + Place(&info);
        Module* module = (Module*)Allocator.AllocZeroed(l->Allocator, total, MemoryCategory.Module);
        if (module == null) return l->Allocator->Error->Code;

        module->Info = (ModuleInfo*)((byte*)module + header);
        *module->Info = info;
        module->Bytes = bytes;
        module->Size = size;
        module->Info->StartFunction = Module.NoIndex;
        module->Info->AuxStack.Global = Module.NoIndex;
        l->Module = module;
        return WasmError.None;
    }

    private static WasmError Count(Loading* l, byte* bytes, ModuleInfo* m)
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
        m->ImportsAt = OffsetOf(imports, bytes);
        m->ExportsAt = OffsetOf(&s[(int)SectionId.Export], bytes);
        return WasmError.None;
    }

    /// <summary>Offset of a section's items; 0 of an absent one, which has none.</summary>
    private static uint OffsetOf(Section* section, byte* bytes) => section->Items == null ? 0 : (uint)(section->Items - bytes);

    /// <summary>Bytes of a structure, so that what follows is aligned as numbers of a pointer's size are.</summary>
    private static uint Aligned(uint bytes) => (bytes + (uint)sizeof(nuint) - 1) & ~((uint)sizeof(nuint) - 1);

    /// <summary>Says where the tables go behind the structure: types, which hold a pointer-sized number, come first.</summary>
    /// <returns>Bytes of the structure and the tables.</returns>
    private static uint Place(ModuleInfo* m)
    {
        uint at = Aligned((uint)sizeof(ModuleInfo));
        m->TypesAt = at;
        at += m->TypeCount * (uint)sizeof(FuncType);
        m->FunctionsAt = at;
        at += m->FunctionCount * (uint)sizeof(Function);
        m->GlobalsAt = at;
        at += m->GlobalCount * (uint)sizeof(Global);
        m->TablesAt = at;
        at += m->TableCount * (uint)sizeof(TableType);
        m->DataAt = at;
        at += m->DataCount * (uint)sizeof(uint);
        m->ElemAt = at;
        return at + m->ElemCount * (uint)sizeof(uint);
    }
}
