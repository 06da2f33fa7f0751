// SPDX-License-Identifier: MIT
// Constants of the binary interface of native images. See xip/FORMAT.md.
namespace Wamr.Nano.Core.Image;

/// <summary>Services that compiled code can request from the runtime.</summary>
internal enum NativeService : uint
{
    /// <summary>Calls the imported function whose index is the operand.</summary>
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
    /// Announces the trap in <c>NativeEnv.Value</c>, which ends the call when this returns. The operand is an offset in the code, and slots
    /// is the stack pointer there. The offset is the return address of the code that raised the trap or, with
    /// <see cref="NativeAbi.Faulted"/>, the instruction that hit a guard page.
    /// </summary>
    Trapped = 5,

    /// <summary>
    /// Reports that the function whose index is the operand begins or returns, in images with <see cref="ImageHeader.Profiled"/>.
    /// </summary>
    EnterFunction = 6,
    LeaveFunction = 7,

    /// <summary>
    /// From this number on, services execute the instruction with that opcode. Its operands are in slots 0 to 2, and its result goes to
    /// slot 0. The service's operand holds the two indices, the second one in the upper half.
    /// </summary>
    Instruction = 16,
}

internal static class NativeAbi
{
    /// <summary>
    /// Increases with every change of <c>NativeEnv</c>, <c>FuncBinding</c> or <c>HostFunc</c>, of a service, of the entry into code, or of
    /// the way code calls host functions.
    /// </summary>
    internal const ushort Version = 3;

    /// <summary>Added to the position of a trap that was caused by a fault.</summary>
    internal const uint Faulted = 1u << 31;
}
