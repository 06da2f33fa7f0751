// SPDX-License-Identifier: MIT
// What the allocator tells of itself: exact after every operation, in bytes.
namespace Wamr.Nano.Core.Memory;

/// <summary>Bytes in use now, and the most there ever were.</summary>
internal struct MemoryUse
{
    internal uint Used;
    internal uint HighWater;
}

/// <summary>
/// State of an allocator, bytes. A block counts with its header, padding and red zones; what a region needs to manage itself
/// counts as <see cref="Runtime"/>. So the four categories add up to <see cref="Used"/>, and Total - Used is what is free.
/// </summary>
internal struct MemoryStatistics
{
    /// <summary>All regions together, as they were handed in; 0 where the embedder's heap is used, whose size is not known.</summary>
    internal uint Total;

    internal uint Used;
    internal uint HighWater;

    /// <summary>The largest size that <see cref="Allocator.Alloc"/> can grant now; 0 where the embedder's heap is used.</summary>
    internal uint LargestFree;

    internal MemoryUse Runtime;
    internal MemoryUse Module;
    internal MemoryUse Instance;
    internal MemoryUse ExecEnv;
}
