// SPDX-License-Identifier: MIT
// Where a new block goes.
namespace Wamr.Nano.Core.Memory;

/// <summary>
/// Where a block goes in the free block that it is cut from: at the start, at a multiple of an alignment (the value, a power of two), or at
/// the end. One parameter holds both, because two take 32 bytes more of the native stack on a Cortex-M.
/// </summary>
internal enum Placement : uint
{
    /// <summary>At the end of the free block, 8-aligned. No caller needs an alignment of 1.</summary>
    AtEnd = 1,

    /// <summary>At the start, 8-aligned.</summary>
    Aligned = 8,
}
