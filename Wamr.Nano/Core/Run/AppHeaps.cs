// SPDX-License-Identifier: MIT
// Where an app heap goes in a linear memory, and its creation.
using Wamr.Nano.Core.Memory;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Run;

/// <summary>Sizes of a memory with its app heap, decided before anything is allocated.</summary>
internal unsafe struct AppHeapPlan
{
    /// <summary>Bytes of the memory, including the heap; may be more than a memory can have.</summary>
    internal ulong MemoryBytes;
    internal ulong HeapOffset;

    /// <summary>0: no heap.</summary>
    internal uint HeapBytes;

    /// <summary>Whether the exported <c>__heap_base</c> moves to the end of the heap.</summary>
    internal bool MovesHeapBase;
}

internal static unsafe class AppHeaps
{
    private const uint Alignment = 8;

    /// <summary>Largest app heap, bytes.</summary>
    private const uint MaxBytes = 0x3FFFFFF8;

    /// <summary>
    /// Places <paramref name="heapBytes"/> in a memory of <paramref name="size"/> bytes. A truncated memory, or a memory of one page that
    /// cannot grow, is extended by exactly the heap. Otherwise the heap begins at <c>__heap_base</c>, which moves to the heap's end. If the
    /// module does not export that, the heap goes into new pages at the end.
    /// </summary>
    internal static AppHeapPlan Plan(Instance* instance, uint heapBytes, ulong size)
    {
        AppHeapPlan plan = default;
        plan.MemoryBytes = size;
        AppAllocator own;
        if (heapBytes == 0 || AppAllocators.Find(instance->Module, &own)) return plan;
        MemoryInst* m = instance->Memory;
        MemoryType* type = &instance->Module->Info->Memory;
        uint heapBase = instance->Module->Info->AuxStack.HeapBase;
        plan.HeapBytes = heapBytes > MaxBytes ? MaxBytes : (uint)AlignUp(heapBytes);
        plan.HeapOffset = AlignUp(size);
        if (type->TruncatedBytes != 0 || (m->Pages == 1 && m->MaxPages == 1))
        {
            plan.MemoryBytes = plan.HeapOffset + plan.HeapBytes;
            return plan;
        }
        if (heapBase != 0 && heapBase < size)
        {
            plan.HeapOffset = AlignUp(heapBase);
            plan.MovesHeapBase = true;
        }
        ulong end = plan.HeapOffset + plan.HeapBytes;
        if (end > size) AddPages(m, &plan, end - size);
        return plan;
    }

    /// <summary>Makes the planned heap in the memory, which must exist.</summary>
    /// <returns><see cref="WasmError.AppHeapTooSmall"/>, <see cref="WasmError.OutOfMemory"/>.</returns>
    internal static WasmError Create(Instance* instance, AppHeapPlan* plan)
    {
        if (plan->HeapBytes == 0) return WasmError.None;
        Runtime* rt = instance->Runtime;
        MemoryInst* m = instance->Memory;
        uint size = (uint)sizeof(AppHeap) + Heap.ControlSize(plan->HeapBytes);
        AppHeap* heap = (AppHeap*)Allocator.Alloc(&rt->Allocator, size, MemoryCategory.Instance);
        if (heap == null) return rt->Error.Code;
        heap->Offset = (uint)plan->HeapOffset;
        heap->Size = plan->HeapBytes;
        heap->Use = default;
        m->AppHeap = heap;
        if (Heap.Init(Of(heap), m->Data + heap->Offset, heap->Size) != WasmError.None)
            return Runtimes.FailValue(rt, WasmError.AppHeapTooSmall, heap->Size, 0);
        if (plan->MovesHeapBase) MoveHeapBase(instance, heap->Offset + heap->Size);
        return WasmError.None;
    }

    /// <summary>The ems heap's control structure.</summary>
    internal static Heap* Of(AppHeap* heap) => (Heap*)(heap + 1);

    /// <summary>Allocates a block; null if the heap has no room.</summary>
    internal static byte* Alloc(AppHeap* heap, uint size)
    {
        byte* block = (byte*)Heap.Alloc(Of(heap), size, Placement.Aligned, 0, 0);
        if (block == null) return null;
        heap->Use.Used += Heap.SizeOf(block);
        if (heap->Use.Used > heap->Use.HighWater) heap->Use.HighWater = heap->Use.Used;
        return block;
    }

    /// <summary>Frees a block, after checking that it is one.</summary>
    internal static WasmError Free(AppHeap* heap, byte* block)
    {
        WasmError error = Heap.Verify(Of(heap), block);
        if (error != WasmError.None) return error;
        heap->Use.Used -= Heap.SizeOf(block);
        return Heap.FreeVerified(Of(heap), block);
    }

    /// <summary>Adjusts the heap after the memory has moved.</summary>
    internal static void Follow(MemoryInst* m)
    {
        if (m->AppHeap != null) Of(m->AppHeap)->Base = m->Data + m->AppHeap->Offset;
    }

    /// <summary>The heap's extra pages also raise the limit up to which the memory may grow.</summary>
    private static void AddPages(MemoryInst* m, AppHeapPlan* plan, ulong missing)
    {
        ulong pages = (missing + (1ul << m->PageShift) - 1) >> m->PageShift;
        plan->MemoryBytes += pages << m->PageShift;
        m->Pages += (uint)pages;
        if (m->MaxPages == MemoryType.Unlimited) return;
        ulong most = (1ul << 32) >> m->PageShift;
        m->MaxPages = m->MaxPages + pages < most ? m->MaxPages + (uint)pages : (uint)(most - (m->PageShift == 0 ? 1u : 0));
    }

    private static void MoveHeapBase(Instance* instance, uint value)
    {
        uint index = HeapBaseOf(instance->Module);
        if (index != Module.NoIndex) Globals.Store(instance, index, value);
    }

    /// <summary>
    /// The module's own global that an app heap may change, although it is immutable; <see cref="Module.NoIndex"/> for none.
    /// </summary>
    internal static uint HeapBaseOf(Module* module)
    {
        ExternKind kind;
        uint index;
        fixed (byte* name = "__heap_base"u8)
            return Exports.Find(module, name, 11, &kind, &index) && kind == ExternKind.Global && index >= module->ImportedGlobals
                && module->Globals[index].Type == ValType.I32 ? index : Module.NoIndex;
    }

    private static ulong AlignUp(ulong size) => (size + Alignment - 1) & ~(ulong)(Alignment - 1);
}
