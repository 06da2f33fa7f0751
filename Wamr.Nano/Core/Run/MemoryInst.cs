// SPDX-License-Identifier: MIT
// Memory and table instances (spec chapters 4.2.7, 4.2.8): headers, which lie in the owning instance. Their contents are separate blocks.
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Run;

/// <summary>A linear memory.</summary>
internal unsafe struct MemoryInst
{
    /// <summary>First byte; null while the size is 0. Moves when the memory grows.</summary>
    internal byte* Data;

    /// <summary>The exact number of bytes that may be accessed, whatever the page size.</summary>
    internal uint Size;

    /// <summary>The number of pages, and the limit. A truncated memory keeps the numbers it declares.</summary>
    internal uint Pages;
    internal uint MaxPages;

    /// <summary>The instance that owns it.</summary>
    internal Instance* Owner;

    /// <summary>The app heap inside it, or null; see <see cref="AppHeap"/>.</summary>
    internal AppHeap* AppHeap;

    /// <summary>Size of a page as a power of two.</summary>
    internal byte PageShift;

    /// <summary>Not 0: its size is a constant in native code.</summary>
    internal byte Fixed;

    /// <summary>Not 0: it belongs to the platform, and does not move (see <c>PlatformHooks.GuardedMemory</c>).</summary>
    internal byte Guarded;
}

/// <summary>A table. An element is a 32-bit reference: 0 is null.</summary>
internal unsafe struct TableInst
{
    /// <summary>Null while the size is 0. Moves when the table grows.</summary>
    internal uint* Elements;
    internal uint Size;

    /// <summary>The largest number of elements; 0xFFFFFFFF if the module sets no limit.</summary>
    internal uint Max;
    internal Instance* Owner;
    internal ValType ElemType;

    /// <summary>Not 0: its contents are constants in native code, and must not change.</summary>
    internal byte Fixed;
}
