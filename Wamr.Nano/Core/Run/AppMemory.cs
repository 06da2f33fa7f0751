// SPDX-License-Identifier: MIT
// The host's view of an app's memory: blocks in it, and addresses checked and converted both ways.
using Wamr.Nano.Core.Memory;
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Run;

/// <summary>
/// An app address is an offset in linear memory. A native pointer to it is valid until the memory may grow, which is until wasm runs or
/// <see cref="Alloc"/> is called.
/// </summary>
internal static unsafe class AppMemory
{
    /// <summary>
    /// Allocates <paramref name="size"/> bytes in the app's memory, 8-aligned: from its app heap, or with the allocator that it exports,
    /// which runs in <paramref name="env"/>.
    /// </summary>
    /// <returns>
    /// <see cref="WasmError.NoAppAllocator"/>, <see cref="WasmError.OutOfMemory"/>, <see cref="WasmError.HeapCorrupted"/>,
    /// <see cref="WasmError.BadAppAddress"/> if the app's allocator returns an invalid address, or the trap that ended it.
    /// </returns>
    internal static WasmError Alloc(ExecEnv* env, uint size, uint* address)
    {
        Instance* instance = env->Instance;
        *address = 0;
        if (instance->Memory == null) return WasmError.NoAppAllocator;
        AppHeap* heap = instance->Memory->AppHeap;
        if (heap == null) return CallAllocate(env, size, address);
        byte* p = AppHeaps.Alloc(heap, size);
        if (p == null) return Exhausted(instance->Runtime, AppHeaps.Of(heap), size);
        *address = (uint)(p - instance->Memory->Data);
        return WasmError.None;
    }

    /// <summary>Frees a block of <see cref="Alloc"/>; 0 is allowed.</summary>
    /// <returns>
    /// The errors of <see cref="Alloc"/>; <see cref="WasmError.DoubleFree"/> or <see cref="WasmError.ForeignPointer"/> if the heap detects
    /// these.
    /// </returns>
    internal static WasmError Free(ExecEnv* env, uint address)
    {
        Instance* instance = env->Instance;
        if (address == 0) return WasmError.None;
        if (!Validate(instance, address, 1)) return WasmError.BadAppAddress;
        AppHeap* heap = instance->Memory->AppHeap;
        if (heap != null) return AppHeaps.Free(heap, instance->Memory->Data + address);
        AppAllocator own;
        if (!AppAllocators.Find(instance->Module, &own)) return WasmError.NoAppAllocator;
        return Calls.Function(env, own.Free, &address);
    }

    /// <summary>
    /// Like <see cref="Alloc"/>, but fills the block with a copy of <paramref name="data"/>, which must not lie in the app's memory.
    /// </summary>
    internal static WasmError DupData(ExecEnv* env, byte* data, uint size, uint* address)
    {
        WasmError error = Alloc(env, size, address);
        if (error == WasmError.None && size != 0) Raw.Copy(ToNative(env->Instance, *address), data, size);
        return error;
    }

    /// <summary>
    /// Whether <paramref name="size"/> bytes at <paramref name="address"/> lie in the memory. 0 bytes may also be at its very end.
    /// </summary>
    internal static bool Validate(Instance* instance, uint address, uint size) =>
        instance->Memory != null && (ulong)address + size <= instance->Memory->Size;

    /// <summary>Whether a zero-terminated string at <paramref name="address"/> ends inside the memory.</summary>
    internal static bool ValidateString(Instance* instance, uint address)
    {
        MemoryInst* m = instance->Memory;
        if (m == null) return false;
        for (uint at = address; at < m->Size; at++)
            if (m->Data[at] == 0) return true;
        return false;
    }

    /// <summary>The native pointer of a validated address.</summary>
    internal static byte* ToNative(Instance* instance, uint address) => instance->Memory->Data + address;

    /// <summary>The app address of a native pointer; false if it does not point into the memory.</summary>
    internal static bool ToApp(Instance* instance, byte* pointer, uint* address)
    {
        MemoryInst* m = instance->Memory;
        if (m == null || pointer < m->Data || (nuint)(pointer - m->Data) >= m->Size) return false;
        *address = (uint)(pointer - m->Data);
        return true;
    }

    /// <summary>Describes a failed allocation with the figures of the app heap. Small free pieces do not count as free.</summary>
    private static WasmError Exhausted(Runtime* rt, Heap* heap, uint size)
    {
        if (heap->Error != WasmError.None) return heap->Error;
        uint largest = Heap.LargestFree(heap);
        Runtimes.FailValue(rt, WasmError.OutOfMemory, size, largest);
        rt->Error.Largest = largest;
        return WasmError.OutOfMemory;
    }

    private static WasmError CallAllocate(ExecEnv* env, uint size, uint* address)
    {
        AppAllocator own;
        if (!AppAllocators.Find(env->Instance->Module, &own)) return WasmError.NoAppAllocator;
        uint* slots = stackalloc uint[2];
        slots[0] = size;
        slots[1] = 0; // class id of AssemblyScript: a plain object without references
        WasmError error = Calls.Function(env, own.Alloc, slots);
        if (error == WasmError.None && slots[0] != 0 && own.Keep != Module.NoIndex) error = Calls.Function(env, own.Keep, slots);
        if (error != WasmError.None) return error;
        if (slots[0] == 0) return Runtimes.FailValue(env->Instance->Runtime, WasmError.OutOfMemory, size, 0);
        if (!Validate(env->Instance, slots[0], size)) return WasmError.BadAppAddress;
        *address = slots[0];
        return WasmError.None;
    }
}
