// SPDX-License-Identifier: MIT
// Limits and features of this implementation (spec chapter 7.2). This is the only place that defines them.

#pragma warning disable CS1591 // The features have the names of their proposals.
using System;

namespace Wamr.Nano.Core;

/// <summary>WebAssembly features beyond 1.0 that a runtime accepts. The bit number is in the feature column of <c>OpTable</c>.</summary>
[Flags]
public enum Features : uint
{
    None = 0,
    MutableGlobals = 1 << 1,
    SignExtension = 1 << 2,
    SaturatingConversions = 1 << 3,
    MultiValue = 1 << 4,
    BulkMemory = 1 << 5,
    ReferenceTypes = 1 << 6,
    ExtendedConst = 1 << 7,
    TailCalls = 1 << 8,
    CustomPageSizes = 1 << 9,
    WideArithmetic = 1 << 10,
    All = MutableGlobals | SignExtension | SaturatingConversions | MultiValue | BulkMemory | ReferenceTypes | ExtendedConst | TailCalls
        | CustomPageSizes | WideArithmetic,
}

/// <summary>The limits that docs/LIMITS.md lists. A module beyond one of them is refused with a 39xx code, never truncated.</summary>
internal static class Config
{
    /// <summary>Whether an allocator can take its blocks from the embedder's malloc instead of a pool (see EmbedderHeap).</summary>
    internal const bool EmbedderHeap = true;

    /// <summary>Whether an allocator supports red zones around its blocks (see RedZone).</summary>
    internal const bool RedZones = true;

    /// <summary>
    /// Types, functions, imports, exports, tables and segments of a module are numbered in 16 bits, globals by their 32-bit slots.
    /// </summary>
    internal const uint MaxItems = 0xFFFF;

    /// <summary>Parameters, and likewise results, of a function or a block.</summary>
    internal const uint MaxParams = 1000;

    /// <summary>Locals of a function, parameters included.</summary>
    internal const uint MaxLocals = 50000;

    /// <summary>Operands that a constant expression may have on the stack at once.</summary>
    internal const uint MaxConstOperands = 16;

    /// <summary>32-bit slots in one frame: slot numbers are 16 bits wide, the last ones are kept for scratch.</summary>
    internal const uint MaxFrameSlots = 0xFF00;

    /// <summary>The default size of a WebAssembly page, as a power of two.</summary>
    internal const int PageShift = 16;

    /// <summary>Largest linear memory, bytes: one page short of 4 GiB, so that a size fits 32 bits.</summary>
    internal const uint MaxMemoryBytes = 0xFFFF0000;

    /// <summary>Elements of a table.</summary>
    internal const uint MaxTableSize = 10_000_000;

    /// <summary>Instances alive at once in one runtime: a reference is 12 bits of instance and 20 bits of function.</summary>
    internal const uint MaxInstances = 4095;

    /// <summary>Bits of a function reference that number the function.</summary>
    internal const int FuncRefBits = 20;

    /// <summary>The default size of an operand stack, in bytes.</summary>
    internal const uint DefaultStackBytes = 1024;

    /// <summary>The smallest operand stack of an environment, in bytes.</summary>
    internal const uint MinStackBytes = 64;

    /// <summary>Parameters of a host function that receives 64-bit cells, which lie on the native stack.</summary>
    internal const uint MaxHostCells = 16;

    /// <summary>
    /// Parameters of a host function that is called directly. Together with the environment, they fill the argument registers of Arm.
    /// </summary>
    internal const uint MaxDirectParams = 3;
}
