// SPDX-License-Identifier: MIT
// The app heap: an ems heap inside the linear memory, its control structure outside, where the app cannot reach it.
using Wamr.Nano.Core.Memory;

namespace Wamr.Nano.Core.Run;

/// <summary>
/// App heap of a memory whose module exports no allocator of its own. The heap's control structure follows it in the same block.
/// </summary>
internal unsafe struct AppHeap
{
    /// <summary>The app address where it begins, 8-aligned, and its size in bytes.</summary>
    internal uint Offset;
    internal uint Size;

    /// <summary>
    /// Bytes in blocks that the host took, with their headers. Only reports use it, because an app that damages its heap can make it wrong.
    /// </summary>
    internal MemoryUse Use;
}
