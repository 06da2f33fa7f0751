// SPDX-License-Identifier: MIT
// The reference map of a bytecode image: where references lie when control gets to a target of branches.
namespace Wamr.Nano.Core.Image;

/// <summary>
/// An entry of an image's reference map: a slot that holds a reference at a target of branches. Entries ascend by position. A function that
/// passes references on has an entry at its header, with <see cref="NoSlot"/>, and an entry at each target, with <see cref="NoSlot"/> if no
/// slot holds a reference there.
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
