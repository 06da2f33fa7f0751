// SPDX-License-Identifier: MIT
// The binary interface between native images and the runtime: the structure that compiled code finds through its first argument. See
// xip/FORMAT.md.
using Wamr.Nano.Core.Run;

namespace Wamr.Nano.Core.Engine.Native;

/// <summary>
/// The state that native code uses while it runs. It is part of the image's ABI: if fields change, so does <c>NativeAbi.Version</c>. The C
/// header with which images are compiled is generated from this structure.
/// </summary>
/// <remarks>
/// If the image's memory has a fixed size, this structure lies immediately below the linear memory and above the instance's globals. Then
/// code receives the address of the memory, so one register reaches everything. Otherwise the structure lies on the native stack. The most
/// frequently used fields come last, in reach of the shortest encodings.
/// </remarks>
internal unsafe struct NativeEnv
{
    /// <summary>
    /// Runs a service of the runtime. Arguments: the <c>NativeService</c>, its operand, slots for arguments and results. Returns the trap,
    /// or 0.
    /// </summary>
    internal delegate* unmanaged<NativeEnv*, uint, uint, uint*, uint> Service;

    /// <summary>The execution environment of the call.</summary>
    internal ExecEnv* Exec;

    /// <summary>Where <c>trap</c> jumps to, as the compiler's <c>__builtin_setjmp</c> stores it.</summary>
    internal void* Jump0;
    internal void* Jump1;
    internal void* Jump2;
    internal void* Jump3;
    internal void* Jump4;

    /// <summary>Cells of the imported globals, by number.</summary>
    internal uint** ImportedGlobals;

    /// <summary>Tables by index.</summary>
    internal TableInst** Tables;

    /// <summary>Cells of the instance's own globals.</summary>
    internal uint* Globals;

    /// <summary>The linear memory, which may move during any service.</summary>
    internal byte* Memory;

    /// <summary>The code of the image, from which offsets of functions count.</summary>
    internal byte* Code;

    /// <summary>The bindings of imported functions, by number.</summary>
    internal FuncBinding* Imports;

    /// <summary>Bytes of the linear memory.</summary>
    internal uint Size;

    /// <summary>The trap that ended the call. During an indirect call through the runtime, the element.</summary>
    internal uint Value;

    /// <summary>Upper bits of a reference to one of the instance's functions.</summary>
    internal uint InstanceBits;

    /// <summary>Back edges and calls until the next poll.</summary>
    internal int Budget;

    /// <summary>The lowest address that the stack pointer may have where code checks it.</summary>
    internal nuint StackLimit;
}
