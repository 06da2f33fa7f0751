// SPDX-License-Identifier: MIT
// Numbers of the binary interface of native images. See xip/FORMAT.md.
namespace Wamr.Nano.Core.Image;

/// <summary>Services of the runtime that compiled code may ask for.</summary>
internal enum NativeService : uint
{
    /// <summary>Calls the imported function of that index.</summary>
    CallImport = 0,

    /// <summary>
    /// Calls element <c>NativeEnv.Value</c> of a table: the operand is the table's index in the upper half, the canonical type in the
    /// lower.
    /// </summary>
    CallIndirect = 1,

    /// <summary>Takes fuel for the next back edges and calls.</summary>
    Poll = 2,

    /// <summary>memory.grow: slot 0 is the operand and the result.</summary>
    MemoryGrow = 3,

    /// <summary>memory.size to slot 0.</summary>
    MemorySize = 4,

    /// <summary>
    /// <c>NativeEnv.Value</c> is the trap that ends the call once this returns. The operand is an offset in the code, slots the stack
    /// pointer there: of the return address of what raised the trap or, with <see cref="NativeAbi.Faulted"/>, of an instruction that ran
    /// into a guard page.
    /// </summary>
    Trapped = 5,

    /// <summary>The function of that index begins, or returns: in images with <see cref="ImageHeader.Profiled"/>.</summary>
    EnterFunction = 6,
    LeaveFunction = 7,

    /// <summary>
    /// And above: the instruction of that opcode, with operands in slots 0 to 2, its result in slot 0; the operand holds its two indices,
    /// the second one in the upper half.
    /// </summary>
    Instruction = 16,
}

internal static class NativeAbi
{
    /// <summary>
    /// Grows with every change of <c>NativeEnv</c>, <c>FuncBinding</c> or <c>HostFunc</c>, of a service that all images may ask for, of how
    /// code is entered, or of how it calls host functions.
    /// </summary>
    internal const ushort Version = 3;

    /// <summary>Added to the place of a trap that a fault was made of.</summary>
    internal const uint Faulted = 1u << 31;
}
