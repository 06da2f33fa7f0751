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
        hooks.Allocate = &Allocate;
        hooks.Reallocate = &Reallocate;
        hooks.Release = &Release;
        return hooks;
    }

    private static void* Allocate(void* data, uint size)
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

    private static void* Reallocate(void* data, void* block, uint size)
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

    private static void Release(void* data, void* block) => NativeMemory.Free(block);
}
