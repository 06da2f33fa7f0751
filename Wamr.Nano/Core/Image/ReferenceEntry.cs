// SPDX-License-Identifier: MIT
// The reference map of a bytecode image: where references lie when control gets to a target of branches.
namespace Wamr.Nano.Core.Image;

/// <summary>
/// An entry of an image's reference map: a slot that holds a reference where branches lead to. Entries ascend by position. In a function that
/// hands on references every target has one, be it of <see cref="NoSlot"/>, and one of that kind at its header says that it is such a function.
/// </summary>
internal struct ReferenceEntry
{
    /// <summary>Units from the start of the code.</summary>
    internal uint Position;
    internal ushort Slot;

    /// <summary>A type of <c>SlotContent</c>.</summary>
    internal byte Type;
    internal byte Unused;

    internal const ushort NoSlot = 0xFFFF;
}
