// SPDX-License-Identifier: MIT
// Which structures of a runtime take how much of the pool. A walk over the structures asks the allocator for the size of each block, and
// allocates nothing itself.
using Wamr.Nano.Core.Memory;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Run;

/// <summary>
/// Bytes of category runtime, without the embedder's own blocks, and without the structure <see cref="Run.Runtime"/>, which the pool does
/// not count.
/// </summary>
internal struct RuntimeParts
{
    /// <summary>The control structures of the pool's regions.</summary>
    internal uint Regions;
    internal uint HostFunctions;

    /// <summary>The table of instances by number.</summary>
    internal uint InstanceTable;

    /// <summary>Headers, rounding and red zones of the blocks.</summary>
    internal uint Overhead;
}

/// <summary>Bytes of category module. The tables and code of an image are not in the pool.</summary>
internal struct ModuleParts
{
    internal uint Structure;
    internal uint Types;
    internal uint Functions;
    internal uint Globals;
    internal uint Tables;
    internal uint Segments;
    internal uint Code;
    internal uint Overhead;
}

/// <summary>Bytes of category instance.</summary>
internal struct InstanceParts
{
    /// <summary>The instance with the headers of its memory and tables, and the bits of dropped segments.</summary>
    internal uint Structure;

    /// <summary>The bindings of imported functions and globals.</summary>
    internal uint Imports;
    internal uint Globals;

    /// <summary>Elements of its own tables.</summary>
    internal uint Tables;
    internal uint LinearMemory;

    /// <summary>What native code keeps below the memory.</summary>
    internal uint Engine;

    /// <summary>The control structure of the app heap. The heap itself is in the linear memory.</summary>
    internal uint AppHeap;
    internal uint Overhead;

    /// <summary>Linear memory that belongs to the platform, and is not in the pool.</summary>
    internal uint Guarded;
}

/// <summary>
/// Bytes of category exec env. If the environment lies in a buffer of the embedder, all except <see cref="Trace"/> and its overhead are 0.
/// </summary>
internal struct ExecEnvParts
{
    internal uint Structure;
    internal uint OperandStack;

    /// <summary>The call stack of the last trap.</summary>
    internal uint Trace;
    internal uint Overhead;
}

internal static unsafe class MemoryParts
{
    internal static RuntimeParts Of(Runtime* rt)
    {
        RuntimeParts parts = default;
        Allocator* a = &rt->Allocator;
        parts.Regions = a->Total;
        for (Heap* region = a->Regions; region != null; region = region->Next) parts.Regions -= Heap.Capacity(region);
        for (HostGroup* group = rt->HostGroups; group != null; group = group->Next)
        {
            // If a group contains its row, the row follows immediately.
            uint bytes = (uint)sizeof(HostGroup) + (group->Functions == (HostFunc*)(group + 1) ? (uint)sizeof(HostFunc) : 0);
            parts.HostFunctions += bytes;
            parts.Overhead += Allocator.BytesOf(a, group) - bytes;
        }
        parts.InstanceTable = rt->InstanceCapacity * (uint)sizeof(Instance*);
        parts.Overhead += Allocator.BytesOf(a, rt->Instances) - parts.InstanceTable;
        return parts;
    }

    internal static ModuleParts Of(LoadedModule* loaded)
    {
        ModuleParts parts = default;
        Allocator* a = &loaded->Runtime->Allocator;
        Module* m = &loaded->Module;
        parts.Structure = (uint)sizeof(LoadedModule);
        uint block = Allocator.BytesOf(a, loaded);
        if (loaded->Image == null)
        {
            parts.Structure = (uint)((byte*)m->Types - (byte*)loaded);
            parts.Types = m->TypeCount * (uint)sizeof(FuncType);
            parts.Functions = m->FunctionCount * (uint)sizeof(Function);
            parts.Globals = m->GlobalCount * (uint)sizeof(Global);
            parts.Tables = m->TableCount * (uint)sizeof(TableType);
            parts.Segments = ((uint)m->DataCount + m->ElemCount) * sizeof(uint);
            parts.Code = m->CodeSize;
            block += Allocator.BytesOf(a, m->Code);
        }
        parts.Overhead = block - parts.Structure - parts.Types - parts.Functions - parts.Globals - parts.Tables - parts.Segments
            - parts.Code;
        return parts;
    }

    internal static InstanceParts Of(Instance* instance)
    {
        InstanceParts parts = default;
        Allocator* a = &instance->Runtime->Allocator;
        Module* m = instance->Module;
        uint own = (uint)m->TableCount - m->ImportedTables, engine = Memories.BytesBefore(instance->Loaded);
        uint blocks = Allocator.BytesOf(a, instance);
        parts.Globals = m->Info->GlobalSlots * (uint)sizeof(uint);
        parts.Imports = m->ImportedFunctions * (uint)sizeof(FuncBinding) + m->ImportedGlobals * (uint)sizeof(uint*);
        parts.Structure = (uint)sizeof(Instance) + (m->OwnsMemory ? (uint)sizeof(MemoryInst) : 0) + own * (uint)sizeof(TableInst)
            + m->TableCount * (uint)sizeof(TableInst*) + ((uint)m->DataCount + m->ElemCount + 31) / 32 * sizeof(uint);
        for (uint n = m->ImportedTables; n < m->TableCount; n++)
        {
            parts.Tables += instance->Tables[n]->Size * sizeof(uint);
            blocks += Allocator.BytesOf(a, instance->Tables[n]->Elements);
        }
        if (m->OwnsMemory)
        {
            MemoryInst* memory = instance->Memory;
            if (engine != 0) parts.Engine = engine - parts.Globals;
            if (memory->Guarded != 0) parts.Guarded = memory->Size;
            else if (memory->Data != null)
            {
                parts.LinearMemory = memory->Size;
                blocks += Allocator.BytesOf(a, memory->Data - engine);
            }
            if (memory->AppHeap != null) parts.AppHeap = (uint)sizeof(AppHeap) + Heap.ControlSize(memory->AppHeap->Size);
            blocks += Allocator.BytesOf(a, memory->AppHeap);
            // Below a memory of the platform, they also belong to the platform.
            if (memory->Guarded != 0 && engine != 0) parts.Globals = parts.Engine = 0;
        }
        parts.Overhead = blocks - parts.Structure - parts.Imports - parts.Globals - parts.Tables - parts.LinearMemory - parts.Engine
            - parts.AppHeap;
        return parts;
    }

    internal static ExecEnvParts Of(ExecEnv* env)
    {
        ExecEnvParts parts = default;
        Runtime* rt = env->Instance->Runtime;
        uint blocks = 0;
        if (env->OwnsBlock != 0)
        {
            parts.Structure = (uint)((byte*)env->StackBase - (byte*)env);
            parts.OperandStack = (uint)((byte*)env->StackEnd - (byte*)env->StackBase);
            blocks = Allocator.BytesOf(&rt->Allocator, env);
        }
        if (rt->Trace != null && rt->Trace->Env == env)
        {
            parts.Trace = (uint)sizeof(Run.Trace) + rt->Trace->Capacity * (uint)sizeof(KeptFrame);
            blocks += Allocator.BytesOf(&rt->Allocator, rt->Trace);
        }
        parts.Overhead = blocks - parts.Structure - parts.OperandStack - parts.Trace;
        return parts;
    }
}
