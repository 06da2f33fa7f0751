// SPDX-License-Identifier: MIT
// An allocator in .NET as the core's memory.
using System;
using Wamr.Nano.Core.Memory;

namespace Wamr.Nano;

internal static unsafe class EmbedderAllocator
{
    /// <summary>The core needs blocks at multiples of 8.</summary>
    private const nuint Alignment = 8;

    /// <summary>Hooks that call the allocator of a runtime's options.</summary>
    /// <param name="context">The runtime's handle, as for the platform's hooks.</param>
    internal static MemoryHooks Hooks(nint context)
    {
        MemoryHooks hooks = default;
        hooks.Data = (void*)context;
        hooks.Allocate = &Allocate;
        hooks.Reallocate = &Reallocate;
        hooks.Release = &Release;
        return hooks;
    }

    private static void* Allocate(void* data, uint size)
    {
        INanoAllocator allocator = HostContext.Of(data).Allocator!;
        try
        {
            void* block = allocator.Allocate(size);
            if (((nuint)block & (Alignment - 1)) == 0) return block;
            allocator.Free(block);
        }
        catch (Exception)
        {
            // No exception may cross the core.
        }
        return null;
    }

    private static void* Reallocate(void* data, void* block, uint size)
    {
        try
        {
            return HostContext.Of(data).Allocator!.Reallocate(block, size);
        }
        catch (Exception)
        {
            return null;
        }
    }

    private static void Release(void* data, void* block)
    {
        try
        {
            HostContext.Of(data).Allocator!.Free(block);
        }
        catch (Exception)
        {
            // As above; the block is not used any more.
        }
    }
}
