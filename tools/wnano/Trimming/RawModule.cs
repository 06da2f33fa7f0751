// SPDX-License-Identifier: MIT
// A module as the bytes of its sections (spec chapter 5.5.2), so that some can be removed or replaced, and the rest is unchanged.
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Wamr.Nano.Tool.Trimming;

/// <param name="Id">Its number.</param>
/// <param name="Contents">Its bytes without number and size.</param>
internal sealed record RawSection(byte Id, byte[] Contents)
{
    /// <summary>Name of a custom section.</summary>
    internal string CustomName
    {
        get
        {
            int at = 0;
            int length = (int)Leb.Unsigned(Contents, ref at);
            return Encoding.UTF8.GetString(Contents, at, length);
        }
    }

    internal int Bytes => 1 + Leb.Bytes((uint)Contents.Length).Length + Contents.Length;
}

internal sealed class RawModule
{
    private const int HeaderBytes = 8;

    private readonly byte[] _header;
    private readonly List<RawSection> _sections = [];

    /// <param name="binary">A module that loads.</param>
    internal RawModule(byte[] binary)
    {
        _header = binary[..HeaderBytes];
        for (int at = HeaderBytes; at < binary.Length;)
        {
            byte id = binary[at++];
            int size = (int)Leb.Unsigned(binary, ref at);
            _sections.Add(new(id, binary[at..(at + size)]));
            at += size;
        }
    }

    internal IReadOnlyList<RawSection> Sections => _sections;

    internal void Remove(RawSection section) => _sections.Remove(section);

    /// <summary>Appends an item to a section that is a vector. If there is no such section, makes it in the right place.</summary>
    internal void Append(SectionId id, byte[] item)
    {
        int index = _sections.FindIndex(section => section.Id == (byte)id);
        if (index < 0)
        {
            // The sections in question are in the order of their numbers; custom ones may stand anywhere.
            index = _sections.FindIndex(section => section.Id > (byte)id);
            if (index < 0) index = _sections.Count;
            _sections.Insert(index, new((byte)id, [0]));
        }
        int at = 0;
        uint count = (uint)Leb.Unsigned(_sections[index].Contents, ref at);
        _sections[index] = new((byte)id, [.. Leb.Bytes(count + 1), .. _sections[index].Contents[at..], .. item]);
    }

    internal void Replace(SectionId id, byte[] contents) =>
        _sections[_sections.FindIndex(section => section.Id == (byte)id)] = new((byte)id, contents);

    internal byte[] ToBytes() =>
        [.. _header,
            .. _sections.SelectMany(section => (byte[])[section.Id, .. Leb.Bytes((uint)section.Contents.Length), .. section.Contents])];
}
