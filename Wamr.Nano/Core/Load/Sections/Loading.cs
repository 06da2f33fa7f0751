// SPDX-License-Identifier: MIT
// What the stages of loading one module share: it lies in the pool while Loader.Parse runs.
using Wamr.Nano.Core.Memory;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Sections;

/// <summary>A load under way: the first part of what the validator works with.</summary>
internal unsafe struct Loading
{
    /// <summary>Gives what the module takes, and holds the failure.</summary>
    internal Allocator* Allocator;
    internal Module* Module;
    internal Features Features;

    /// <summary>Sections by id; an absent one is empty.</summary>
    internal Section* Sections;

    /// <summary>Item of the section being read, for the report of an error.</summary>
    internal uint Index;

    /// <summary>Entries of the index spaces that are filled in so far.</summary>
    internal uint NextFunction;
    internal uint NextTable;
    internal uint NextGlobal;

    /// <summary>Slots of the module's own globals so far.</summary>
    internal uint NextSlot;

    /// <summary>
    /// A bit a function, set where ref.func may name it (spec chapter 3.5.16: the set of declared references). Transient.
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
        // Of a failed allocation the allocator has already told its numbers.
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

    /// <summary>A transient block, counted with the module; null leaves the error in the allocator.</summary>
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

    /// <summary>Notes that <paramref name="function"/> occurs outside of function bodies.</summary>
    internal static void Declare(Loading* l, uint function) => ConstExpr.Declare(l->Declared, function);

    internal static bool IsDeclared(Loading* l, uint function) => (l->Declared[function >> 3] >> (int)(function & 7) & 1) != 0;
}
