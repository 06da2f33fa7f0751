// SPDX-License-Identifier: MIT
// Constants of the table of calls in native images, which compiler and runtime share. See xip/FORMAT.md.
namespace Wamr.Nano.Core.Image;

/// <summary>A block of about 32 entries.</summary>
internal struct CallBlock
{
    /// <summary>The return address of its first entry, as an offset in the code.</summary>
    internal uint First;

    /// <summary>The position of its first entry, from the start of all entries.</summary>
    internal uint At;
}

/// <summary>The lowest bits of an entry's first number. The higher bits are the distance from the previous return address.</summary>
internal static class CallEntry
{
    /// <remarks>An entry inside no function is not a call. It describes all code before it, and is used for faults.</remarks>
    internal const uint NewFrame = 1, IsInside = 2, HasOffset = 4;
    internal const int ShapeBits = 3;

    /// <summary>The unit of distances in bytes, as a power of two. Instructions begin at multiples of it.</summary>
    internal static int UnitShift(ImageMachine machine) => machine is ImageMachine.Thumb or ImageMachine.RiscV32 ? 1 : 0;
}
