// SPDX-License-Identifier: MIT
// C API: loading modules and images, and what they import and export.
using System.Runtime.InteropServices;

namespace Wamr.Nano.Embedding;

/// <summary>An import or an export, and the position of a walk over them. Set it to zero before the first step.</summary>
internal unsafe struct ModuleItem
{
    /// <summary>Where the walk continues. Do not change it.</summary>
    internal void* Position;

    /// <summary>
    /// Of an import: the name of the module it comes from, <see cref="ModuleLength"/> bytes of UTF-8 without a zero at the end. Null of
    /// an export.
    /// </summary>
    [CType("const char *")]
    internal byte* ModuleName;

    /// <summary>The item's name, <see cref="NameLength"/> bytes of UTF-8, not zero-terminated.</summary>
    [CType("const char *")]
    internal byte* Name;

    internal uint ModuleLength;
    internal uint NameLength;

    /// <summary>Number of the import or export, counted from 0.</summary>
    internal uint Number;

    /// <summary>The index in the index space of its kind.</summary>
    internal uint Index;

    internal ExternKind Kind;
}

/// <summary>
/// Parameters and results of a function, valid as long as the module. Each byte is a <see cref="ValType"/>.
/// </summary>
internal unsafe struct FunctionType
{
    [CType("const uint8_t *")]
    internal byte* Params;
    [CType("const uint8_t *")]
    internal byte* Results;
    internal uint ParamCount;
    internal uint ResultCount;

    /// <summary>The number of 32-bit slots of all parameters, and of all results. An i64 or f64 takes two.</summary>
    internal uint ParamSlots;

    internal uint ResultSlots;
}

internal static unsafe class ModuleApi
{
    /// <summary>
    /// Loads a .wasm file or an image, if the library's profile supports it. The bytes are never written. They may lie in flash, must be
    /// 4-aligned if they are an image, and must outlive the module.
    /// </summary>
    /// <param name="runtime">Its memory holds the module.</param>
    /// <param name="bytes">The file.</param>
    /// <param name="size">Bytes of the file.</param>
    /// <param name="module">Null on failure.</param>
    /// <returns>What is wrong; <see cref="RuntimeApi.Error"/> has offset and index. On failure nothing stays allocated.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_module_load")]
    private static WasmError Load(Runtime* runtime, [CType("const void *")] byte* bytes, uint size, Module** module)
    {
        *module = null;
        return Boards.Profile.Load(runtime, bytes, size, module);
    }

    /// <summary>Unloads a module; null is allowed.</summary>
    /// <returns>MODULE_IN_USE while it has instances.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_module_unload")]
    private static WasmError Unload(Module* module) => module == null ? WasmError.None : Modules.Unload(module);

    /// <summary>Moves to the next import. Set the item to zero before the first step.</summary>
    /// <returns>0 after the last one, otherwise 1.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_module_next_import")]
    private static byte NextImport(Module* module, ModuleItem* item)
    {
        uint number = item->Position == null ? 0 : item->Number + 1;
        if (number >= module->ImportCount) return 0;
        Import import;
        Imports.At(module, item->Position == null ? module->Imports : (byte*)item->Position, &import);
        uint index = CountBefore(module, number, import.Kind);
        item->Position = import.Next;
        item->ModuleName = import.Module;
        item->ModuleLength = import.ModuleLength;
        item->Name = import.Field;
        item->NameLength = import.FieldLength;
        item->Number = number;
        item->Index = index;
        item->Kind = import.Kind;
        return 1;
    }

    /// <summary>Moves to the next export. Set the item to zero before the first step.</summary>
    /// <returns>0 after the last one, otherwise 1.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_module_next_export")]
    private static byte NextExport(Module* module, ModuleItem* item)
    {
        Export export;
        bool more = Exports.First(module, &export);
        if (more && item->Position != null)
        {
            export.Next = (byte*)item->Position;
            export.Number = item->Number;
            more = Exports.Next(module, &export);
        }
        if (!more) return 0;
        *item = default;
        item->Position = export.Next;
        item->Name = export.Name;
        item->NameLength = export.NameLength;
        item->Number = export.Number;
        item->Index = export.Index;
        item->Kind = export.Kind;
        return 1;
    }

    /// <summary>Describes a function, imported or defined.</summary>
    /// <returns>UNKNOWN_FUNCTION if there is no function with this index.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_module_function_type")]
    private static WasmError TypeOf(Module* module, uint function, FunctionType* type)
    {
        if (function >= module->FunctionCount)
            return Runtimes.Fail(LoadedModule.Of(module)->Runtime, WasmError.UnknownFunction, ErrorInfo.Unknown, function);
        FuncType* own = &module->Types[module->Functions[function].TypeIndex];
        type->Params = FuncTypes.Params(own);
        type->Results = FuncTypes.Results(own);
        type->ParamCount = own->ParamCount;
        type->ResultCount = own->ResultCount;
        type->ParamSlots = own->ParamSlots;
        type->ResultSlots = own->ResultSlots;
        return WasmError.None;
    }

    /// <summary>The number of imports of the same kind before an import, which is its index in the index space of that kind.</summary>
    private static uint CountBefore(Module* module, uint number, ExternKind kind)
    {
        uint count = 0;
        Import import;
        for (bool more = Imports.First(module, &import); more && import.Number < number; more = Imports.Next(module, &import))
            if (import.Kind == kind) count++;
        return count;
    }
}
