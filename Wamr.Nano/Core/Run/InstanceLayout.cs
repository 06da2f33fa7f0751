// SPDX-License-Identifier: MIT
// The layout of an instance's block. It holds everything except the memory's bytes and the tables' elements, in exactly the bytes that
// takes.
using Wamr.Nano.Core.Memory;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Run;

internal static unsafe class InstanceLayout
{
    /// <summary>
    /// Makes an instance whose parts are in place and zero, and registers it under its number. On failure, returns null and sets
    /// <see cref="Runtime.Error"/>.
    /// </summary>
    internal static Instance* Allocate(Module* module)
    {
        LoadedModule* loaded = LoadedModule.Of(module);
        Runtime* rt = loaded->Runtime;
        Instance measured;
        uint size = Place(module, &measured, null);
        Instance* instance = (Instance*)Allocator.AllocZeroed(&rt->Allocator, size, MemoryCategory.Instance);
        if (instance == null) return null;
        Place(module, instance, (byte*)instance);
        instance->Loaded = loaded;
        PlaceTables(instance);
        if (Runtimes.AddInstance(rt, instance) == WasmError.None)
        {
            loaded->Instances++;
            return instance;
        }
        Allocator.Free(&rt->Allocator, instance);
        return null;
    }

    /// <summary>
    /// Points <paramref name="i"/> at its parts in a block that starts at <paramref name="at"/>: first parts with pointers, then parts of
    /// 32-bit cells, so that there is no padding. Returns the size of the block.
    /// </summary>
    private static uint Place(Module* m, Instance* i, byte* at)
    {
        uint offset = (uint)sizeof(Instance);
        i->Memory = (MemoryInst*)Part(at, &offset, m->OwnsMemory ? 1u : 0, (uint)sizeof(MemoryInst));
        Part(at, &offset, OwnTables(m), (uint)sizeof(TableInst));
        i->Tables = (TableInst**)Part(at, &offset, m->TableCount, (uint)sizeof(TableInst*));
        i->Imports = (FuncBinding*)Part(at, &offset, m->ImportedFunctions, (uint)sizeof(FuncBinding));
        i->ImportedGlobals = (uint**)Part(at, &offset, m->ImportedGlobals, (uint)sizeof(uint*));
        i->Globals = (uint*)Part(at, &offset, Memories.BytesBefore(LoadedModule.Of(m)) != 0 ? 0u : m->Info->GlobalSlots, sizeof(uint));
        i->Dropped = (uint*)Part(at, &offset, ((uint)m->DataCount + m->ElemCount + 31) / 32, sizeof(uint));
        return offset;
    }

    /// <summary>Reserves the next <paramref name="count"/> items of <paramref name="size"/> bytes; null for none.</summary>
    private static void* Part(byte* block, uint* offset, uint count, uint size)
    {
        byte* part = block + *offset;
        *offset += count * size;
        return count == 0 ? null : part;
    }

    private static uint OwnTables(Module* m) => (uint)m->TableCount - m->ImportedTables;

    /// <summary>The headers of its own tables lie immediately before the table of tables.</summary>
    private static void PlaceTables(Instance* instance)
    {
        uint own = OwnTables(instance->Module);
        TableInst* first = (TableInst*)instance->Tables - own;
        for (uint n = 0; n < own; n++) instance->Tables[instance->Module->ImportedTables + n] = first + n;
    }
}
