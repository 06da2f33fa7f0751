// SPDX-License-Identifier: MIT
// What the linker and the startup code give the firmware: the pool, the stack's bounds, the module to run and how.
using System.Runtime.InteropServices;
using Wamr.Nano.Core;

namespace Wamr.Nano.Boards;

/// <summary>What to run; made by the build beside the module's bytes, so it lies in flash. Layout shared with common/plan.h.</summary>
internal unsafe struct RunPlan
{
    internal byte* Module;
    internal uint ModuleSize;

    /// <summary>Name of the exported function, <see cref="ExportLength"/> bytes.</summary>
    internal byte* Export;
    internal uint ExportLength;

    /// <summary>Arguments in 32-bit slots, an i64 or f64 low word first.</summary>
    internal uint* Slots;
    internal uint SlotCount;

    /// <summary>Sizes for instantiate; 0 for the runtime's defaults.</summary>
    internal uint StackBytes;
    internal uint HeapBytes;

    /// <summary>Arguments and environment of a WASI program.</summary>
    internal WasiArguments Wasi;

    /// <summary>Not 0: tell how many instructions the call took.</summary>
    internal uint Count;
}

internal static unsafe class Linked
{
    /// <summary>The module and what to do with it.</summary>
    [DllImport("firmware", EntryPoint = "wn_plan")]
    internal static extern RunPlan* Plan();

    /// <summary>First byte of the pool, 8-aligned.</summary>
    [DllImport("firmware", EntryPoint = "wn_pool")]
    internal static extern byte* Pool();

    /// <summary>Bytes of the pool.</summary>
    [DllImport("firmware", EntryPoint = "wn_pool_bytes")]
    internal static extern uint PoolBytes();

    /// <summary>Lowest address of the native stack.</summary>
    [DllImport("firmware", EntryPoint = "wn_stack_limit")]
    internal static extern byte* StackLimit();
}
