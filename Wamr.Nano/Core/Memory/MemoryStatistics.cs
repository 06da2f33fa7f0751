// SPDX-License-Identifier: MIT
// The allocator's statistics, in bytes, exact after every operation.
namespace Wamr.Nano.Core.Memory;

/// <summary>The bytes that are in use, and the most that ever were.</summary>
internal struct MemoryUse
{
    internal uint Used;
    internal uint HighWater;
}

/// <summary>
/// State of an allocator, bytes. A block counts with its header, padding and red zones; what a region needs to manage itself
/// counts as <see cref="Runtime"/>. So the four categories add up to <see cref="Used"/>, and <see cref="Total"/> less <see cref="Used"/> is free.
/// </summary>
internal struct MemoryStatistics
{
    /// <summary>The size of all regions together, as the caller provided them; 0 for an embedder's heap, whose size is unknown.</summary>
    internal uint Total;

    internal uint Used;
    internal uint HighWater;

    /// <summary>The largest size that <see cref="Allocator.Alloc"/> can allocate now; 0 for an embedder's heap.</summary>
    internal uint LargestFree;

    internal MemoryUse Runtime;
    internal MemoryUse Module;
    internal MemoryUse Instance;
    internal MemoryUse ExecEnv;
}
