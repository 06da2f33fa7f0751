// SPDX-License-Identifier: MIT
// Binds the imports of an instance (spec chapter 4.5.4): asks the resolver, then the registered host functions, and checks each type.
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Run;

internal static unsafe class Linker
{
    /// <summary>Binds all imports, each kind by its index space.</summary>
    /// <returns>
    /// <see cref="WasmError.UnknownImport"/>, <see cref="WasmError.IncompatibleImportType"/>, <see cref="WasmError.BadSignature"/>,
    /// <see cref="WasmError.CutMemoryImported"/>.
    /// </returns>
    internal static WasmError Bind(Instance* instance, InstantiateArgs* args)
    {
        Module* m = instance->Module;
        WasmError error = WasmError.None;
        for (uint n = 0; n < m->ImportedFunctions && error == WasmError.None; n++)
            error = Bind(instance, args, ExternKind.Func, n, m->Functions[n].Entry);
        for (uint n = 0; n < m->ImportedTables && error == WasmError.None; n++)
            error = Bind(instance, args, ExternKind.Table, n, m->Tables[n].Import);
        if (m->Info->Memory.Import != 0 && error == WasmError.None)
            error = Bind(instance, args, ExternKind.Memory, 0, m->Info->Memory.Import);
        for (uint n = 0; n < m->ImportedGlobals && error == WasmError.None; n++)
            error = Bind(instance, args, ExternKind.Global, n, m->Globals[n].Entry);
        return error;
    }

    private static WasmError Bind(Instance* instance, InstantiateArgs* args, ExternKind kind, uint index, uint entry)
    {
        Module* module = instance->Module;
        ImportRequest request;
        Extern given;
        WasmError error = Find(instance->Runtime, module, args, kind, index, entry, &request, &given);
        if (error == WasmError.UnknownImport && kind == ExternKind.Func && args->AllowUnlinked) return WasmError.None;
        if (error == WasmError.None) error = Connect(instance, &request, &given);
        return error == WasmError.None ? error : Runtimes.Fail(instance->Runtime, error, entry, index);
    }

    /// <summary>Looks for an item to provide for an import. Does not compare its type yet.</summary>
    /// <param name="rt">The runtime, whose registered host functions are searched.</param>
    /// <param name="module">The module that imports.</param>
    /// <param name="args">The arguments with the embedder's resolver.</param>
    /// <param name="kind">Kind of the import.</param>
    /// <param name="index">Its index among the imports of its kind.</param>
    /// <param name="entry">Where its names are in the module's bytes.</param>
    /// <param name="request">Receives the description of the import.</param>
    /// <param name="given">Receives the item.</param>
    internal static WasmError Find(
        Runtime* rt, Module* module, InstantiateArgs* args, ExternKind kind, uint index, uint entry, ImportRequest* request,
        Extern* given)
    {
        *request = default;
        *given = default;
        request->Module = module;
        request->Kind = kind;
        request->Index = index;
        ReadNames(module, entry, request);
        return Resolve(rt, request, args, given);
    }

    private static void ReadNames(Module* module, uint entry, ImportRequest* request)
    {
        ByteReader r = Read.Over(module->Bytes, module->Bytes + entry, module->Bytes + module->Size);
        request->ModuleLength = Read.U32(&r);
        request->ModuleName = Read.Bytes(&r, request->ModuleLength);
        request->NameLength = Read.U32(&r);
        request->Name = Read.Bytes(&r, request->NameLength);
    }

    private static WasmError Resolve(Runtime* rt, ImportRequest* request, InstantiateArgs* args, Extern* given)
    {
        if (args->Resolver != null)
        {
            WasmError error = args->Resolver(args->ResolverContext, request, given);
            bool answered = error == WasmError.None && (given->Instance != null || given->Host != null);
            if (answered || (error != WasmError.None && error != WasmError.UnknownImport)) return error;
        }
        // Clears what a failed resolver may have filled in.
        *given = default;
        // For every kind of import: a host function with that name is a different error from nothing with that name.
        return HostFuncs.Find(rt, request, given);
    }

    private static WasmError Connect(Instance* instance, ImportRequest* request, Extern* given)
    {
        if (given->Kind != request->Kind) return WasmError.IncompatibleImportType;
        if (given->Instance == null) return ConnectHost(instance, request->Index, given);
        return request->Kind switch
        {
            ExternKind.Func => ConnectFunction(instance, request->Index, given),
            ExternKind.Table => ConnectTable(instance, request->Index, given),
            ExternKind.Memory => ConnectMemory(instance, given),
            _ => ConnectGlobal(instance, request->Index, given),
        };
    }

    private static WasmError ConnectHost(Instance* instance, uint index, Extern* given)
    {
        if (given->Host == null || given->Kind != ExternKind.Func) return WasmError.UnknownImport;
        // A family's Find has already checked the type.
        if (given->Host->Form != HostForm.Family)
        {
            WasmError error = Signature.Match(given->Host, TypeOf(instance->Module, index));
            if (error != WasmError.None) return error;
        }
        instance->Imports[index].Host = given->Host;
        instance->Imports[index].FunctionIndex = given->Index;
        return WasmError.None;
    }

    private static WasmError ConnectFunction(Instance* instance, uint index, Extern* given)
    {
        Module* from = given->Instance->Module;
        if (given->Index >= from->FunctionCount) return WasmError.UnknownImport;
        if (!FuncTypes.Equal(TypeOf(instance->Module, index), TypeOf(from, given->Index))) return WasmError.IncompatibleImportType;
        FuncBinding* binding = &instance->Imports[index];
        if (given->Index < from->ImportedFunctions)
        {
            *binding = given->Instance->Imports[given->Index];
            return WasmError.None;
        }
        binding->Instance = given->Instance;
        binding->FunctionIndex = given->Index;
        return WasmError.None;
    }

    private static WasmError ConnectTable(Instance* instance, uint index, Extern* given)
    {
        if (given->Index >= given->Instance->Module->TableCount) return WasmError.UnknownImport;
        TableInst* table = given->Instance->Tables[given->Index];
        if (!ImportMatch.Table(&instance->Module->Tables[index], table)) return WasmError.IncompatibleImportType;
        instance->Tables[index] = table;
        return WasmError.None;
    }

    private static WasmError ConnectMemory(Instance* instance, Extern* given)
    {
        MemoryInst* memory = given->Instance->Memory;
        if (memory == null || given->Index != 0) return WasmError.UnknownImport;
        if (!ImportMatch.Memory(&instance->Module->Info->Memory, memory)) return WasmError.IncompatibleImportType;
        // Its own module does not use the memory beyond __heap_base, but another module may.
        if (memory->Size < memory->Pages << memory->PageShift) return WasmError.CutMemoryImported;
        instance->Memory = memory;
        return WasmError.None;
    }

    private static WasmError ConnectGlobal(Instance* instance, uint index, Extern* given)
    {
        if (given->Index >= given->Instance->Module->GlobalCount) return WasmError.UnknownImport;
        Global* wanted = &instance->Module->Globals[index];
        if (!ImportMatch.Global(wanted, &given->Instance->Module->Globals[given->Index])) return WasmError.IncompatibleImportType;
        instance->ImportedGlobals[wanted->Slot] = Globals.Cell(given->Instance, given->Index);
        return WasmError.None;
    }

    internal static FuncType* TypeOf(Module* module, uint function) => &module->Types[module->Functions[function].TypeIndex];
}
