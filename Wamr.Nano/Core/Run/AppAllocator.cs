// SPDX-License-Identifier: MIT
// The allocator that a module exports: C's malloc and free, or AssemblyScript's. Its names and types identify it.
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Run;

/// <summary>Function indices of an exported allocator.</summary>
internal struct AppAllocator
{
    /// <summary>malloc(size), or __new(size, class id).</summary>
    internal uint Alloc;

    /// <summary>__pin or __retain, which every new object needs; <see cref="Module.NoIndex"/> in C.</summary>
    internal uint Keep;

    /// <summary>free, __unpin or __release.</summary>
    internal uint Free;
}

internal static unsafe class AppAllocators
{
    /// <summary>Whether the module exports an allocator. Looked up on each use: an export section is short, and RAM is scarce.</summary>
    internal static bool Find(Module* module, AppAllocator* allocator)
    {
        allocator->Keep = Module.NoIndex;
        if (Export(module, "malloc"u8, 1, 1, &allocator->Alloc) && Export(module, "free"u8, 1, 0, &allocator->Free)) return true;
        if (!Export(module, "__new"u8, 2, 1, &allocator->Alloc)) return false;
        return (Export(module, "__pin"u8, 1, 1, &allocator->Keep) && Export(module, "__unpin"u8, 1, 0, &allocator->Free))
            || (Export(module, "__retain"u8, 1, 1, &allocator->Keep) && Export(module, "__release"u8, 1, 0, &allocator->Free));
    }

    /// <summary>Finds an exported function with the given numbers of i32 parameters and results.</summary>
    private static bool Export(Module* module, System.ReadOnlySpan<byte> name, uint parameters, uint results, uint* index)
    {
        ExternKind kind;
        fixed (byte* p = name)
            if (!Exports.Find(module, p, (uint)name.Length, &kind, index) || kind != ExternKind.Func) return false;
        FuncType* type = &module->Types[module->Functions[*index].TypeIndex];
        return type->ParamCount == parameters && type->ResultCount == results
            && AllI32(FuncTypes.Params(type), parameters) && AllI32(FuncTypes.Results(type), results);
    }

    private static bool AllI32(byte* types, uint count)
    {
        for (uint n = 0; n < count; n++)
            if ((ValType)types[n] != ValType.I32) return false;
        return true;
    }
}
