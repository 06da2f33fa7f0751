// SPDX-License-Identifier: MIT
// The system's allocator as the core's memory, for runtimes without a pool.
using System.Runtime.InteropServices;
using Wamr.Nano.Core.Memory;

namespace Wamr.Nano;

internal static unsafe class SystemHeap
{
    internal static MemoryHooks Hooks()
    {
        MemoryHooks hooks = default;
        hooks.Alloc = &Alloc;
        hooks.Realloc = &Realloc;
        hooks.Free = &Free;
        return hooks;
    }

    private static void* Alloc(void* data, uint size)
    {
        try
        {
            return NativeMemory.Alloc(size);
        }
        catch (System.OutOfMemoryException)
        {
            return null;
        }
    }

    private static void* Realloc(void* data, void* block, uint size)
    {
        try
        {
            return NativeMemory.Realloc(block, size);
        }
        catch (System.OutOfMemoryException)
        {
            return null;
        }
    }

    private static void Free(void* data, void* block) => NativeMemory.Free(block);
}
