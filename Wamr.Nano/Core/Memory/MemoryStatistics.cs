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
/// The state of an allocator, in bytes. Sizes of blocks include header, padding and red zones. The control structure of a region counts as
/// <see cref="Runtime"/>. So the four categories add up to <see cref="Used"/>, and <see cref="Total"/> less <see cref="Used"/> is free.
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
