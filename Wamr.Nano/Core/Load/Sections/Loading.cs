// SPDX-License-Identifier: MIT
// The state that the stages of loading a module share. It lies in the pool while Loader.Parse runs.
using Wamr.Nano.Core.Memory;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Sections;

/// <summary>The state of loading; also the first part of the validator's state.</summary>
internal unsafe struct Loading
{
    /// <summary>Allocates the module, and receives the description of a failure.</summary>
    internal Allocator* Allocator;
    internal Module* Module;
    internal Features Features;

    /// <summary>Sections by id; an absent one is empty.</summary>
    internal Section* Sections;

    /// <summary>Index of the current item of the section, for error reports.</summary>
    internal uint Index;

    /// <summary>The number of entries of each index space so far.</summary>
    internal uint NextFunction;
    internal uint NextTable;
    internal uint NextGlobal;

    /// <summary>The number of slots of the module's own globals so far.</summary>
    internal uint NextSlot;

    /// <summary>
    /// One bit per function, set if ref.func may name it (spec chapter 3.5.16: the set of declared references). Transient.
    /// </summary>
    internal byte* Declared;
}

internal static unsafe class Loads
{
    /// <summary>Reports the failure of a reader.</summary>
    internal static WasmError Report(Loading* l, ByteReader* r) => Report(l, r->Error, r->ErrorOffset, r->ErrorValue);

    internal static WasmError Report(Loading* l, WasmError error, uint offset, uint value)
    {
        ErrorInfo* info = l->Allocator->Error;
        // The allocator has already described a failed allocation.
        if (error is not (WasmError.OutOfMemory or WasmError.HeapCorrupted))
        {
            *info = default;
            info->Asked = value;
        }
        info->Code = error;
        info->Offset = offset;
        info->Index = l->Index;
        return error;
    }

    /// <summary>Allocates a transient block of category module. On failure, returns null; the error is in the allocator.</summary>
    internal static void* Allocate(Loading* l, uint size) => Allocator.AllocTransient(l->Allocator, size, MemoryCategory.Module);

    /// <summary>Resizes a transient block. If there is no room, returns null, keeps the block, and the allocator has the error.</summary>
    internal static void* Resize(Loading* l, void* block, uint size) => Allocator.Realloc(l->Allocator, block, size);

    internal static void Free(Loading* l, void* block)
    {
        if (block != null) Allocator.Free(l->Allocator, block);
    }

    /// <summary>Validates a constant expression, which may use the globals so far.</summary>
    internal static void Constant(Loading* l, ByteReader* r, ValType expected) =>
        ConstExpr.Validate(l->Module, r, l->Features, expected, l->NextGlobal, l->Declared);

    /// <summary>Notes that <paramref name="function"/> is named outside function bodies.</summary>
    internal static void Declare(Loading* l, uint function) => ConstExpr.Declare(l->Declared, function);

    internal static bool IsDeclared(Loading* l, uint function) => (l->Declared[function >> 3] >> (int)(function & 7) & 1) != 0;
}
