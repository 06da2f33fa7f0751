// SPDX-License-Identifier: MIT
// The reference map of a bytecode image: which slots hold references at the targets of branches.
namespace Wamr.Nano.Core.Image;

/// <summary>
/// An entry of the reference map: a slot that holds a reference at the target of a branch. Entries are sorted by position. A function that
/// stores, passes or returns references has an entry with <see cref="NoSlot"/> at its header, and at least one entry at each target, with
/// <see cref="NoSlot"/> if no slot holds a reference there.
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
