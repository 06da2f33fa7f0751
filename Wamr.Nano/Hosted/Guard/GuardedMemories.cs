// SPDX-License-Identifier: MIT
// Linear memories with guard pages: all that code can reach is reserved, what belongs to the memory is accessible, the rest faults.
using Wamr.Nano.Core.Image;
using Wamr.Nano.Core.Run;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano;

internal static unsafe class GuardedMemories
{
    /// <summary>Unit of protection.</summary>
    private const ulong PageBytes = 0x1000;

    /// <summary>
    /// Room below a memory for globals, of which 65,535 cells are the most, and the environment. The same for all: the address of a memory
    /// is all one must know to release it.
    /// </summary>
    private const ulong HeadBytes = 0x40000 + PageBytes;

    private const ulong ReservedBytes = HeadBytes + ((FaultHandler.Reach + PageBytes - 1) & ~(PageBytes - 1));

    /// <summary>Gives a runtime guard pages, if this machine has any, before it is asked to load an image that relies on them.</summary>
    internal static void Offer(Runtime* rt)
    {
        if (!FaultHandler.IsInstalled()) return;
        rt->Platform.GuardedMemory = &Change;
        rt->Load.Features |= ImageHeader.GuardPages;
    }

    /// <summary>Frees what a runtime has left.</summary>
    internal static void ReleaseAll(Runtime* rt)
    {
        for (byte* memory = FaultHandler.MemoryOf(rt); memory != null; memory = FaultHandler.MemoryOf(rt))
        {
            FaultHandler.Remove(memory);
            Linux.Release(memory - HeadBytes, ReservedBytes);
        }
    }

    /// <summary>See <c>PlatformHooks.GuardedMemory</c>.</summary>
    private static byte* Change(void* context, void* instance, byte* memory, uint bytes)
    {
        if (memory == null) return Make((Instance*)instance, bytes);
        if (bytes != 0) return Linux.Protect(memory, bytes, Linux.ReadWrite) ? memory : null;
        FaultHandler.Remove(memory);
        Linux.Release(memory - HeadBytes, ReservedBytes);
        return null;
    }

    private static byte* Make(Instance* instance, uint bytes)
    {
        Module* module = instance->Module;
        ulong head = (Memories.BytesBefore(instance->Loaded) + PageBytes - 1) & ~(PageBytes - 1);
        byte* block = Linux.Reserve(ReservedBytes);
        if (block == null) return null;
        byte* memory = block + HeadBytes;
        if (Linux.Protect(memory - head, head + bytes, Linux.ReadWrite) && FaultHandler.Add(memory, module, instance->Runtime))
            return memory;
        Linux.Release(block, ReservedBytes);
        return null;
    }
}
