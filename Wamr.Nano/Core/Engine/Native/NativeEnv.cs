// SPDX-License-Identifier: MIT
// The binary interface between native images and the runtime: what compiled code finds through its first argument. See xip/FORMAT.md.
using Wamr.Nano.Core.Run;

namespace Wamr.Nano.Core.Engine.Native;

/// <summary>
/// What native code knows of the world while it runs. Part of the image's ABI: fields are numbered by <c>NativeAbi.Version</c>, and
/// the C header images are compiled with is generated from this structure.
/// </summary>
/// <remarks>
/// Of an image whose memory has a fixed size it lies right below the linear memory, above the instance's globals, and code gets the address
/// of the memory instead: one register leads to everything. Of any other image it lies on the native stack of the call into it. What is
/// used most comes last, in reach of the shortest encodings.
/// </remarks>
internal unsafe struct NativeEnv
{
    /// <summary>
    /// Runs a service of the runtime: <c>NativeService</c>, its operand, slots for arguments and results. Returns the trap, or 0.
    /// </summary>
    internal delegate* unmanaged<NativeEnv*, uint, uint, uint*, uint> Service;

    /// <summary>The environment the call runs in.</summary>
    internal ExecEnv* Exec;

    /// <summary>Where <c>trap</c> jumps to: what the compiler's <c>__builtin_setjmp</c> keeps.</summary>
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

    /// <summary>The linear memory; it may have moved after any service.</summary>
    internal byte* Memory;

    /// <summary>Code of the image: offsets of functions count from here.</summary>
    internal byte* Code;

    /// <summary>What imported functions are bound to, by number.</summary>
    internal FuncBinding* Imports;

    /// <summary>Bytes of the linear memory.</summary>
    internal uint Size;

    /// <summary>Trap that ended the call; the element of an indirect call on its way to the runtime.</summary>
    internal uint Value;

    /// <summary>Upper bits of a reference to one of the instance's functions.</summary>
    internal uint InstanceBits;

    /// <summary>Back edges and calls until the next poll.</summary>
    internal int Budget;

    /// <summary>Lowest address the stack pointer may have where code checks it.</summary>
    internal nuint StackLimit;
}
