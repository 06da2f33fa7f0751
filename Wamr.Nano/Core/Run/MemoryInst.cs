// SPDX-License-Identifier: MIT
// Memory and table instances (spec chapters 4.2.7, 4.2.8): headers, which lie in the owning instance; their contents are blocks apart.
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Run;

/// <summary>A linear memory.</summary>
internal unsafe struct MemoryInst
{
    /// <summary>First byte; null while the size is 0. Moves when the memory grows.</summary>
    internal byte* Data;

    /// <summary>Bytes that may be accessed: exact, whatever the page size.</summary>
    internal uint Size;

    /// <summary>Pages, and pages at most. A truncated memory has as many as it would have had.</summary>
    internal uint Pages;
    internal uint MaxPages;

    /// <summary>Instance that owns it.</summary>
    internal Instance* Owner;

    /// <summary>Heap inside it for the host's use, or null; see <see cref="AppHeap"/>.</summary>
    internal AppHeap* AppHeap;

    /// <summary>Size of a page as a power of two.</summary>
    internal byte PageShift;

    /// <summary>Not 0: its size is a constant in native code.</summary>
    internal byte Fixed;

    /// <summary>Not 0: it is the platform's, and does not move (see <c>PlatformHooks.GuardedMemory</c>).</summary>
    internal byte Guarded;
}

/// <summary>A table. An element is a 32-bit reference: 0 is null.</summary>
internal unsafe struct TableInst
{
    /// <summary>Null while the size is 0. Moves when the table grows.</summary>
    internal uint* Elements;
    internal uint Size;

    /// <summary>Elements at most; 0xFFFFFFFF where the module sets no limit.</summary>
    internal uint Max;
    internal Instance* Owner;
    internal ValType ElemType;

    /// <summary>Not 0: its contents are constants in native code, and nobody may change them.</summary>
    internal byte Fixed;
}
