// SPDX-License-Identifier: MIT
// The block of a module: the owner's structure, then all tables, exactly as large as the section headers announce.
using System.Runtime.CompilerServices;
using Wamr.Nano.Core.Memory;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Sections;

internal static unsafe class ModuleTables
{
    /// <summary>Allocates the module of <paramref name="l"/>, with all tables in place and empty.</summary>
    /// <param name="l">The state of loading.</param>
    /// <param name="bytes">The binary.</param>
    /// <param name="size">Size of the binary in bytes.</param>
    /// <param name="moduleBytes">Size of the owner's structure, which begins with the module.</param>
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

    /// <summary>The offset of a section's items; 0 if the section is absent.</summary>
    private static uint OffsetOf(Section* section, byte* bytes) => section->Items == null ? 0 : (uint)(section->Items - bytes);

    /// <summary>The size of a structure, rounded up so that pointer-sized numbers can follow.</summary>
    private static uint Aligned(uint bytes) => (bytes + (uint)sizeof(nuint) - 1) & ~((uint)sizeof(nuint) - 1);

    /// <summary>Places the tables after the structure. Types come first, because they contain a pointer-sized number.</summary>
    /// <returns>The size of structure and tables in bytes.</returns>
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
