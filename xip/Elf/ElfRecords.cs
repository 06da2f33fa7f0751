// SPDX-License-Identifier: MIT
// What an ELF file consists of (System V ABI, chapters 4 and 5): sections, symbols, relocations, segments.
namespace Wamr.Nano.Xip.Elf;

/// <param name="Name">Its name.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Flags">Bits: written at run time, present at run time.</param>
/// <param name="Address">Where it is at run time.</param>
/// <param name="Offset">Where its bytes are in the file.</param>
/// <param name="Size">Bytes at run time.</param>
/// <param name="Contents">Its bytes in the file; none of type <see cref="NoBits"/>.</param>
/// <param name="Link">Of symbols: the section with their names.</param>
/// <param name="Info">Of relocations: the section they are for.</param>
internal sealed record ElfSection(
    string Name, uint Type, ulong Flags, ulong Address, ulong Offset, ulong Size, byte[] Contents, uint Link, uint Info)
{
    internal const uint Symbols = 2, RelocationsWithAddend = 4, NoBits = 8, Relocations = 9;

    private const ulong Writable = 1, Allocated = 2;

    /// <summary>Whether it is in the machine's memory, and whether the program writes to it.</summary>
    internal bool IsLoaded => (Flags & Allocated) != 0;

    internal bool IsWritable => (Flags & Writable) != 0;
}

/// <param name="Name">Its name.</param>
/// <param name="Value">What the file says; of a Thumb function, its address plus 1.</param>
/// <param name="Address">Where it is.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Type">What it names.</param>
/// <param name="Section">The section it is in; 0 where it is undefined, 0xFFF1 where it is a plain number.</param>
internal sealed record ElfSymbol(string Name, ulong Value, ulong Address, ulong Size, byte Type, ushort Section)
{
    internal const byte SectionType = 3;
    internal const ushort Undefined = 0, Absolute = 0xFFF1;

    private const byte Function = 2;

    internal bool IsFunction => Type == Function;
}

/// <summary>A relocation that the linker has applied.</summary>
internal sealed record ElfRelocation(ulong Offset, uint Type, ElfSymbol Symbol);

/// <summary>A piece of the file that is loaded.</summary>
/// <param name="Offset">Where its bytes are in the file.</param>
/// <param name="LoadAddress">Where they go: on a microcontroller, a place in flash.</param>
/// <param name="Size">Bytes in the file.</param>
internal sealed record ElfSegment(ulong Offset, ulong LoadAddress, ulong Size);
