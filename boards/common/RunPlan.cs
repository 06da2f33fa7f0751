// SPDX-License-Identifier: MIT
// What to run, and in which memory, which the build links in.
using System.Runtime.InteropServices;

namespace Wamr.Nano.Boards;

/// <summary>A piece of RAM for the pool, 8-aligned.</summary>
internal unsafe struct MemoryRegion
{
    internal byte* Start;
    internal uint Bytes;
}

/// <summary>It lies in flash, like the module. PlanTests compares it with plan.h.</summary>
internal unsafe struct RunPlan
{
    internal byte* Module;
    internal uint ModuleBytes;

    /// <summary>The pool, at least one region.</summary>
    internal uint RegionCount;
    internal MemoryRegion* Regions;

    /// <summary>The lowest address of the native stack; 0 if the operating system provides it.</summary>
    internal byte* StackLimit;

    /// <summary>The reserve above it, in bytes, for code of the runtime between two checks of the stack, and for interrupts.</summary>
    internal uint StackReserve;

    /// <summary>Sizes for instantiate: operand stack, app heap. 0 for the runtime's defaults.</summary>
    internal uint StackBytes;
    internal uint HeapBytes;

    /// <summary>Name of the exported function to call.</summary>
    internal byte* Export;
    internal uint ExportLength;

    /// <summary>Its arguments in 32-bit slots, an i64 or f64 low word first.</summary>
    internal uint SlotCount;
    internal uint* Slots;

    /// <summary>Arguments and environment of a WASI program.</summary>
    internal ProgramArguments Wasi;

    /// <summary>What to do: one of the constants below, or an experiment of the lab.</summary>
    internal uint Mode;

    /// <summary>The machine, which determines what images it can run.</summary>
    internal ImageTarget Target;

    /// <summary>Not 0: memories keep all the pages they declare (<see cref="Runtime.WholePages"/>).</summary>
    internal byte WholePages;

    /// <summary>Not 0: C's stack pointer is not checked (<see cref="Runtime.StackPointer"/>).</summary>
    internal byte UncheckedCStack;

    /// <summary>Not 0: functions that the app imports may be missing.</summary>
    internal byte AllowUnlinked;

    /// <summary>The distance from where flash is read to where its code is executed; 0 if both are the same.</summary>
    internal nint CodeDistance;

    /// <summary>Run the module. With the count: report how many instructions the call took.</summary>
    internal const uint Run = 0, RunAndCount = 1;

    [DllImport("firmware", EntryPoint = "wn_plan")]
    internal static extern RunPlan* Get();
}
