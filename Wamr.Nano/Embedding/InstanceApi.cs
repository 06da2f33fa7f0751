// SPDX-License-Identifier: MIT
// C API: instances, their exports, globals and memory.
using System.Runtime.InteropServices;

namespace Wamr.Nano.Embedding;

internal static unsafe class InstanceApi
{
    /// <summary>
    /// Instantiates a module: binds its imports, makes memory, tables and globals, copies the segments, runs the start function.
    /// </summary>
    /// <param name="module">Cannot be unloaded before the instance is freed.</param>
    /// <param name="options">Null: all of them are zero. May be gone afterwards; what <c>wasi</c> points to must stay.</param>
    /// <param name="instance">Null on failure.</param>
    /// <returns>What is wrong; of a start function, its trap. <see cref="RuntimeApi.Error"/> has details.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_instance_create")]
    private static WasmError Create(
        Module* module,
        [CType("const wamr_nano_instance_options *")] InstantiateArgs* options,
        Instance** instance) =>
        Instances.Create(module, options, instance);

    /// <summary>Gives an instance back; null is allowed. It stays in memory as long as another instance uses something of it.</summary>
    /// <returns>INSTANCE_IN_USE while it has environments.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_instance_free")]
    private static WasmError Free(Instance* instance) => instance == null ? WasmError.None : Instances.Free(instance);

    /// <summary>The module an instance was made from.</summary>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_instance_module")]
    private static Module* ModuleOf(Instance* instance) => instance->Module;

    /// <summary>The runtime of an instance.</summary>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_instance_runtime")]
    private static Runtime* RuntimeOf(Instance* instance) => instance->Runtime;

    /// <summary>The user data from the options of the instance.</summary>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_instance_user_data")]
    private static void* UserData(Instance* instance) => instance->UserData;

    /// <summary>Finds an export, in the form in which a resolver answers an import of another instance.</summary>
    /// <returns>UNKNOWN_EXPORT. Then the item is empty.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_instance_export")]
    private static WasmError Export(Instance* instance, [CType("const char *")] byte* name, Extern* item)
    {
        WasmError error = Instances.Export(instance, name, Text.Length(name), item);
        return error == WasmError.None ? error : Runtimes.Fail(instance->Runtime, error);
    }

    /// <summary>Finds an exported function, for <see cref="ExecEnvApi.CallFunction"/>.</summary>
    /// <returns>UNKNOWN_EXPORT, also of an export that is no function.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_instance_find_function")]
    private static WasmError FindFunction(Instance* instance, [CType("const char *")] byte* name, uint* function) =>
        Find(instance, name, ExternKind.Func, function);

    /// <summary>Reads an exported global: its type, and the bits of its value; those of a 32-bit type are the low half.</summary>
    /// <returns>UNKNOWN_EXPORT, also of an export that is no global.</returns>
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
        if (global->Mutable == 0) return Runtimes.Fail(instance->Runtime, WasmError.ImmutableGlobal, ErrorInfo.Unknown, index);
        if (ValTypes.IsRef(global->Type)) return Runtimes.Fail(instance->Runtime, WasmError.BadArgument, ErrorInfo.Unknown, index);
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
