// SPDX-License-Identifier: MIT
// Register code, to which functions are lowered: the layout of a function and of its frame. The instructions are in RegOp.cs.
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.RegisterCode;

/// <summary>
/// A function in register code starts 4-aligned with this header of 16-bit units, its constants (32 bits each), then instructions. <code>
/// frame (32-bit slots, from fp): [parameters | locals, zeroed | constants, copied | save area | operands ...] </code> Arguments are the
/// caller's operands, and the callee's fp points at them. Results are returned from fp[0] on. The save area holds what a return needs: see
/// <see cref="SaveArea"/>.
/// </summary>
internal static unsafe class RegCode
{
    /// <summary>
    /// Increases with every change of an instruction, or of the layout of a function or frame, because images contain register code.
    /// </summary>
    internal const ushort Version = 2;

    /// <summary>
    /// How many units of code cost one unit of fuel, as a power of two. A loop costs fuel by its length at each branch back, and code
    /// without one costs fuel by <see cref="RegOp.Poll"/>.
    /// </summary>
    internal const int FuelShift = 7;

    /// <summary>Units of the header.</summary>
    internal const int FrameSlots = 0, ParamSlots = 1, ZeroSlots = 2, ConstSlots = 3, HeaderUnits = 4;

    /// <summary>The header of a function that has register code.</summary>
    internal static ushort* Of(Module* module, uint function) => module->Code + module->Functions[function].Code;
}

/// <summary>
/// The save area of a frame: the return address, then the distance in slots down to the caller's frame. The number of slots for an address
/// depends on the size of pointers, so code is lowered for a certain size.
/// </summary>
internal static unsafe class SaveArea
{
    /// <summary>Slots on a machine with pointers of <paramref name="pointerBytes"/> bytes.</summary>
    internal static uint SlotsFor(uint pointerBytes) => pointerBytes / 4 + 1;

    /// <summary>Slots in the frames of a module's code.</summary>
    internal static uint SlotsOf(Module* module) => SlotsFor(module->PointerBytes != 0 ? module->PointerBytes : (uint)sizeof(nuint));

    internal static void Set(uint* area, byte* returnTo, uint delta)
    {
        if (sizeof(nuint) == 8) Raw.Store64((byte*)area, (ulong)returnTo);
        else *area = (uint)returnTo;
        area[sizeof(nuint) / 4] = delta;
    }

    internal static byte* ReturnTo(uint* area) => sizeof(nuint) == 8 ? (byte*)Raw.Load64((byte*)area) : (byte*)*area;

    /// <summary>The number of slots between the caller's frame and this one.</summary>
    internal static uint Delta(uint* area) => area[sizeof(nuint) / 4];
}
