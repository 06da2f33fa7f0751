// SPDX-License-Identifier: MIT
// Linear memories with guard pages: everything that code can reach is reserved, the memory itself is accessible, and the rest faults.
using Wamr.Nano.Core.Image;
using Wamr.Nano.Core.Run;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano;

internal static unsafe class GuardedMemories
{
    /// <summary>The unit of memory protection.</summary>
    private const ulong PageBytes = 0x1000;

    /// <summary>
    /// The room below a memory for the environment and globals, at most 65,535 cells. It is the same for all memories, so that the address
    /// of a memory is enough to release it.
    /// </summary>
    private const ulong HeadBytes = 0x40000 + PageBytes;

    private const ulong ReservedBytes = HeadBytes + ((FaultHandler.Reach + PageBytes - 1) & ~(PageBytes - 1));

    /// <summary>Gives a runtime guard pages, if this machine supports them, before it loads an image that needs them.</summary>
    internal static void Offer(Runtime* rt)
    {
        if (!FaultHandler.IsInstalled()) return;
        rt->Platform.GuardedMemory = &Change;
        rt->Load.Features |= ImageHeader.GuardPages;
    }

    /// <summary>Frees the memories that a runtime has left.</summary>
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
