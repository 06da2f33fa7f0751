// SPDX-License-Identifier: MIT
// The app heap: an ems heap inside the linear memory, its control structure outside, where the app cannot reach it.
namespace Wamr.Nano.Core;

/// <summary>App heap of an instance that exports no allocator of its own.</summary>
internal unsafe struct AppHeap
{
    /// <summary>App address it begins at, and its bytes.</summary>
    internal uint Offset;
    internal uint Size;
}
