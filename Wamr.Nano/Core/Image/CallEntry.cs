// SPDX-License-Identifier: MIT
// Numbers of the table of calls in native images, which compiler and runtime share. See xip/FORMAT.md.
namespace Wamr.Nano.Core.Image;

/// <summary>The first 32 or so entries of calls begin here.</summary>
internal struct CallBlock
{
    /// <summary>Return address of the first one, an offset in the code.</summary>
    internal uint First;

    /// <summary>Where its entry is, from the start of all entries.</summary>
    internal uint At;
}

/// <summary>
/// What the first number of an entry says in its lowest bits; the distance from the return address before it is in the others.
/// </summary>
internal static class CallEntry
{
    /// <remarks>An entry inside of no function is no call: it tells of all the code before it, and is there for faults.</remarks>
    internal const uint NewFrame = 1, IsInside = 2, HasOffset = 4;
    internal const int ShapeBits = 3;

    /// <summary>Power of two of the bytes distances are counted in: instructions begin at multiples of it.</summary>
    internal static int UnitShift(ImageMachine machine) => machine is ImageMachine.Thumb or ImageMachine.RiscV32 ? 1 : 0;
}
