// SPDX-License-Identifier: MIT
// C API: instances, their exports, globals and memory.
using System.Runtime.InteropServices;

namespace Wamr.Nano.Embedding;

internal static unsafe class InstanceApi
{
    /// <summary>
    /// Instantiates a module: binds its imports, makes memory, tables and globals, copies the segments, runs the start function. Null
    /// stands for options that are all zero.
    /// </summary>
    /// <returns>The error, or the trap of the start function; <see cref="RuntimeApi.Error"/> has details.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_instance_create")]
    private static WasmError Create(
        Module* module,
        [CType("const wamr_nano_instance_options *")] InstantiateArgs* options,
        Instance** instance) =>
        Instances.Create(module, options, instance);

    /// <summary>Releases an instance. Its memory is freed when no other instance uses anything of it.</summary>
    /// <returns>INSTANCE_IN_USE while it has environments.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_instance_free")]
    private static WasmError Free(Instance* instance) => Instances.Free(instance);

    /// <summary>The module an instance was made from.</summary>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_instance_module")]
    private static Module* ModuleOf(Instance* instance) => instance->Module;

    /// <summary>The runtime of an instance.</summary>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_instance_runtime")]
    private static Runtime* RuntimeOf(Instance* instance) => instance->Runtime;

    /// <summary>The user data from the options of the instance.</summary>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_instance_user_data")]
    private static void* UserData(Instance* instance) => instance->UserData;

    /// <summary>Finds an export, for the resolver of another instantiation.</summary>
    /// <returns>UNKNOWN_EXPORT.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_instance_export")]
    private static WasmError Export(Instance* instance, [CType("const char *")] byte* name, Extern* item) =>
        Instances.Export(instance, name, Text.Length(name), item);

    /// <summary>Finds an exported function. Look it up once, and call it by its index.</summary>
    /// <returns>UNKNOWN_EXPORT.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_instance_find_function")]
    private static WasmError FindFunction(Instance* instance, [CType("const char *")] byte* name, uint* function) =>
        Find(instance, name, ExternKind.Func, function);

    /// <summary>Reads an exported global: the bits of its value, and its type.</summary>
    /// <returns>UNKNOWN_EXPORT.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_instance_get_global")]
    private static WasmError GetGlobal(Instance* instance, [CType("const char *")] byte* name, ulong* bits, ValType* type)
    {
        uint index;
        WasmError error = Find(instance, name, ExternKind.Global, &index);
        if (error != WasmError.None) return error;
        *bits = Globals.Load(instance, index);
        *type = instance->Module->Globals[index].Type;
        return WasmError.None;
    }

    /// <summary>Sets the bits of an exported global of a numeric type.</summary>
    /// <returns>UNKNOWN_EXPORT; IMMUTABLE_GLOBAL; BAD_ARGUMENT if it holds a reference.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_instance_set_global")]
    private static WasmError SetGlobal(Instance* instance, [CType("const char *")] byte* name, ulong bits)
    {
        uint index;
        WasmError error = Find(instance, name, ExternKind.Global, &index);
        if (error != WasmError.None) return error;
        Global* global = &instance->Module->Globals[index];
        if (global->Mutable == 0) return WasmError.ImmutableGlobal;
        if (ValTypes.IsRef(global->Type)) return WasmError.BadArgument;
        Globals.Store(instance, index, bits);
        return WasmError.None;
    }

    private static WasmError Find(Instance* instance, [CType("const char *")] byte* name, ExternKind kind, uint* index)
    {
        ExternKind found;
        bool any = Exports.Find(instance->Module, name, Text.Length(name), &found, index);
        return any && found == kind ? WasmError.None : Runtimes.Fail(instance->Runtime, WasmError.UnknownExport);
    }
}
