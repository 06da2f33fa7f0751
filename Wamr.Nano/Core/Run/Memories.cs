// SPDX-License-Identifier: MIT
// Linear memories (spec chapters 4.4.7, 4.5.3.8): creation, growth, and the operations of the bulk instructions.
using System.Runtime.CompilerServices;
using Wamr.Nano.Core.Image;
using Wamr.Nano.Core.Memory;
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Run;

internal static unsafe class Memories
{
    /// <summary>The result of <see cref="Grow"/> if the memory cannot grow.</summary>
    internal const uint Failed = 0xFFFFFFFF;

    /// <summary>
    /// Makes the instance's own memory, if it has one: whole pages or the truncated size, and room for an app heap if requested. Describes
    /// the app heap in <paramref name="plan"/>.
    /// </summary>
    /// <returns>
    /// <see cref="WasmError.MemoryTooLarge"/>, <see cref="WasmError.OutOfMemory"/>; <see cref="WasmError.ImageMemoryMismatch"/> if an image
    /// was compiled for another size.
    /// </returns>
    internal static WasmError Create(Instance* instance, InstantiateArgs* args, AppHeapPlan* plan)
    {
        *plan = default;
        if (!instance->Module->OwnsMemory) return WasmError.None;
        MemoryType* type = &instance->Module->Info->Memory;
        Runtime* rt = instance->Runtime;
        MemoryInst* m = instance->Memory;
        m->Owner = instance;
        m->PageShift = type->PageShift;
        m->Pages = type->Min;
        m->MaxPages = args->MaxPages != 0 && args->MaxPages < type->Max ? args->MaxPages : type->Max;
        if (m->MaxPages < m->Pages) m->MaxPages = m->Pages;
        ulong size = type->TruncatedBytes != 0 ? type->TruncatedBytes : (ulong)type->Min << type->PageShift;
        *plan = AppHeaps.Plan(instance, args->HeapBytes, size);
        if (plan->MemoryBytes > Config.MaxMemoryBytes)
            return Runtimes.FailValue(rt, WasmError.MemoryTooLarge, type->Min, Config.MaxMemoryBytes);
        if (plan->MemoryBytes == 0 && BytesBefore(instance->Loaded) == 0) return WasmError.None;
        return Allocate(instance, (uint)plan->MemoryBytes);
    }

    private static WasmError Allocate(Instance* instance, uint bytes)
    {
        Runtime* rt = instance->Runtime;
        ImageHeader* image = instance->Loaded->Image;
        MemoryInst* m = instance->Memory;
        uint head = BytesBefore(instance->Loaded);
        if (head != 0)
        {
            if (HasGuards && (image->Features & ImageHeader.GuardPages) != 0) return AllocateGuarded(instance, bytes, head);
            if (bytes != image->FixedBytes) return Runtimes.FailValue(rt, WasmError.ImageMemoryMismatch, bytes, image->FixedBytes);
            if (bytes > uint.MaxValue - head) return Runtimes.FailValue(rt, WasmError.MemoryTooLarge, bytes, uint.MaxValue - head);
            m->Fixed = 1;
        }
        byte* block = (byte*)Allocator.AllocZeroed(&rt->Allocator, head + bytes, MemoryCategory.Instance);
        if (block == null) return rt->Error.Code;
        if (head != 0) instance->Globals = (uint*)block;
        m->Data = block + head;
        m->Size = bytes;
        return WasmError.None;
    }

    /// <summary>Whether guard pages are possible: they need more address space than a 32-bit machine has.</summary>
    private static bool HasGuards => sizeof(nuint) == 8;

    private static bool IsGuarded(MemoryInst* m) => HasGuards && m->Guarded != 0;

    private static WasmError AllocateGuarded(Instance* instance, uint bytes, uint head)
    {
        MemoryInst* m = instance->Memory;
        uint least = instance->Loaded->Image->FixedBytes;
        bool whole = (bytes & ((1u << Config.PageShift) - 1)) == 0;
        if (bytes < least || !whole) return Runtimes.FailValue(instance->Runtime, WasmError.ImageMemoryMismatch, bytes, least);
        m->Guarded = 1;
        m->Data = Guarded(m, bytes);
        if (m->Data == null) return Runtimes.FailValue(instance->Runtime, WasmError.OutOfMemory, bytes, 0);
        instance->Globals = (uint*)(m->Data - head);
        m->Size = bytes;
        return WasmError.None;
    }

    /// <summary>Asks the platform: see <see cref="PlatformHooks.GuardedMemory"/>.</summary>
    private static byte* Guarded(MemoryInst* m, uint bytes)
    {
        PlatformHooks* platform = &m->Owner->Runtime->Platform;
        return platform->GuardedMemory(platform->Context, m->Owner, m->Data, bytes);
    }

    /// <summary>
    /// Bytes of a memory's block below its first byte: globals and environment, if native code depends on its size; otherwise none.
    /// </summary>
    internal static uint BytesBefore(LoadedModule* module)
    {
        uint globals = (module->Module.Info->GlobalSlots * (uint)sizeof(uint) + 7) & ~7u;
        return module->EngineBytes == 0 ? 0 : globals + module->EngineBytes;
    }

    /// <summary>Frees the instance's own memory with its app heap.</summary>
    internal static void Free(Instance* instance)
    {
        // The owner of an imported memory may already be freed, because all unreachable instances are freed in one pass.
        if (!instance->Module->OwnsMemory) return;
        MemoryInst* m = instance->Memory;
        Allocator.Free(&instance->Runtime->Allocator, m->AppHeap);
        if (m->Data == null) return;
        if (IsGuarded(m)) Guarded(m, 0);
        else Allocator.Free(&instance->Runtime->Allocator, m->Data - BytesBefore(instance->Loaded));
    }

    /// <summary>
    /// memory.grow: returns the number of pages before, or <see cref="Failed"/>. <see cref="MemoryInst.Data"/> may move. A memory without
    /// whole pages (truncated, or extended by an app heap) cannot grow, because its number of pages is only nominal. Nor can a memory whose
    /// size is a constant in native code.
    /// </summary>
    internal static uint Grow(MemoryInst* m, uint delta)
    {
        uint old = m->Pages;
        if (delta == 0) return old;
        ulong pages = (ulong)old + delta;
        ulong size = pages << m->PageShift;
        if (m->Fixed != 0 || pages > m->MaxPages || size > Config.MaxMemoryBytes || m->Size != (ulong)old << m->PageShift) return Failed;
        Allocator* a = &m->Owner->Runtime->Allocator;
        void* block = IsGuarded(m) ? Guarded(m, (uint)size)
            : m->Data == null ? Allocator.Alloc(a, (uint)size, MemoryCategory.Instance) : Allocator.Realloc(a, m->Data, (uint)size);
        if (block == null) return Failed;
        m->Data = (byte*)block;
        if (!IsGuarded(m)) Raw.Fill(m->Data + m->Size, 0, (uint)size - m->Size);
        m->Size = (uint)size;
        m->Pages = (uint)pages;
        AppHeaps.Follow(m);
        return old;
    }

    /// <summary>memory.fill.</summary>
    /// <returns><see cref="WasmError.MemoryOutOfBounds"/>, and nothing is written.</returns>
    internal static WasmError Fill(MemoryInst* m, uint to, uint value, uint count)
    {
        if ((ulong)to + count > m->Size) return WasmError.MemoryOutOfBounds;
        if (count != 0) Raw.Fill(m->Data + to, (byte)value, count);
        return WasmError.None;
    }

    /// <summary>memory.copy; the ranges may overlap.</summary>
    /// <returns><see cref="WasmError.MemoryOutOfBounds"/>, and nothing is written.</returns>
    internal static WasmError Copy(MemoryInst* m, uint to, uint from, uint count)
    {
        if ((ulong)to + count > m->Size || (ulong)from + count > m->Size) return WasmError.MemoryOutOfBounds;
        if (count != 0) Raw.Copy(m->Data + to, m->Data + from, count);
        return WasmError.None;
    }

    /// <summary>memory.init.</summary>
    /// <returns><see cref="WasmError.MemoryOutOfBounds"/>, and nothing is written.</returns>
    internal static WasmError Init(Instance* instance, uint segment, uint to, uint from, uint count)
    {
        DataSegment s = default;
        if (!Segments.IsDataDropped(instance, segment)) DataSegments.Get(instance->Module, segment, &s);
        return Init(instance->Memory, &s, to, from, count);
    }

    private static WasmError Init(MemoryInst* m, DataSegment* s, uint to, uint from, uint count)
    {
        if ((ulong)from + count > s->Size || (ulong)to + count > m->Size) return WasmError.MemoryOutOfBounds;
        if (count != 0) Raw.Copy(m->Data + to, s->Data + from, count);
        return WasmError.None;
    }

    /// <summary>Copies the active segments, in order, and drops them.</summary>
    [SkipLocalsInit] // apps may have many segments
    internal static WasmError InitActive(Instance* instance)
    {
        Module* module = instance->Module;
        for (uint index = 0; index < module->DataCount; index++)
        {
            DataSegment s;
            DataSegments.Get(module, index, &s);
            if (!s.Active) continue;
            uint to = (uint)ConstEval.Value(instance, s.Offset);
            WasmError error = Init(instance->Memory, &s, to, 0, s.Size);
            if (error != WasmError.None) return Segments.Fail(instance, error, module->DataSegments[index], index);
            Segments.DropData(instance, index);
        }
        return WasmError.None;
    }
}
