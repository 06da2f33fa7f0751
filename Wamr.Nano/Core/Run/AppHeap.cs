// SPDX-License-Identifier: MIT
// The app heap: an ems heap inside the linear memory, its control structure outside, where the app cannot reach it.
using Wamr.Nano.Core.Memory;

namespace Wamr.Nano.Core.Run;

/// <summary>
/// App heap of a memory whose module exports no allocator of its own. The heap's control structure follows it in the same block.
/// </summary>
internal unsafe struct AppHeap
{
    /// <summary>App address it begins at, 8-aligned, and its bytes.</summary>
    internal uint Offset;
    internal uint Size;

    /// <summary>
    /// Blocks the host took, with their headers. An app can damage its heap and so make this wrong, for people who look at it.
    /// </summary>
    internal MemoryUse Use;
}
