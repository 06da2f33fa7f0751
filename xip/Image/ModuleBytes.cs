// SPDX-License-Identifier: MIT
// The part of an image that replaces the module's bytes: the same binary without the contents of tables and code.
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.Xip.Image;

/// <summary>
/// Copies sections unchanged, so that all offsets in one move by the same distance. Empty element segments replace those that fill constant
/// tables that nothing else sees.
/// </summary>
internal sealed unsafe class ModuleBytes
{
    private const int HeaderSize = 8;
    private static readonly SectionId[] Kept =
        [SectionId.Type, SectionId.Import, SectionId.Global, SectionId.Export, SectionId.Element, SectionId.Data];

    private readonly List<(uint From, uint To, uint Size)> _moves = [];
    private readonly List<byte> _bytes = [];

    internal ModuleBytes(Module* module, bool keepNames, ISet<uint> droppedSegments)
    {
        _bytes.AddRange(new System.ReadOnlySpan<byte>(module->Bytes, HeaderSize));
        ElemSegments = new uint[module->ElemCount];
        ByteReader r = Read.Over(module->Bytes, module->Bytes + HeaderSize, module->Bytes + module->Size);
        while (r.Pos < r.End)
        {
            uint start = Read.Offset(&r);
            byte id = Read.U8(&r);
            uint size = Read.U32(&r);
            byte* contents = Read.Bytes(&r, size);
            if (id == (byte)SectionId.Element) Elements(module, contents, size, droppedSegments);
            else if (System.Array.IndexOf(Kept, (SectionId)id) >= 0
                || (id == (byte)SectionId.Custom && keepNames && IsNames(contents, size)))
                Copy(module, start, Read.Offset(&r) - start);
        }
    }

    internal IReadOnlyList<byte> Bytes => _bytes;

    /// <summary>Where each element segment starts.</summary>
    internal uint[] ElemSegments { get; }

    /// <summary>The new position of a byte in a kept section; 0 for 0, which stands for none.</summary>
    internal uint Moved(uint offset)
    {
        if (offset == 0) return 0;
        (uint from, uint to, _) = _moves.First(m => offset >= m.From && offset <= m.From + m.Size);
        return offset - from + to;
    }

    private void Copy(Module* module, uint start, uint size)
    {
        _moves.Add((start, (uint)_bytes.Count, size));
        _bytes.AddRange(new System.ReadOnlySpan<byte>(module->Bytes + start, (int)size));
    }

    private void Elements(Module* module, byte* contents, uint size, ISet<uint> dropped)
    {
        byte* end = contents + size;
        List<byte> section = [];
        Leb.Add(section, module->ElemCount);
        uint[] starts = new uint[module->ElemCount];
        for (uint n = 0; n < module->ElemCount; n++)
        {
            starts[n] = (uint)section.Count;
            byte* from = module->Bytes + module->ElemSegments[n];
            byte* to = n + 1 < module->ElemCount ? module->Bytes + module->ElemSegments[n + 1] : end;
            // Flags 3: declarative, with function indices; kind 0; no elements.
            section.AddRange(dropped.Contains(n) ? [3, 0, 0] : new System.ReadOnlySpan<byte>(from, (int)(to - from)).ToArray());
        }
        _bytes.Add((byte)SectionId.Element);
        Leb.Add(_bytes, (uint)section.Count);
        for (int n = 0; n < starts.Length; n++) ElemSegments[n] = starts[n] + (uint)_bytes.Count;
        _bytes.AddRange(section);
    }

    private static bool IsNames(byte* contents, uint size)
    {
        ByteReader r = Read.Over(contents, contents, contents + size);
        uint length = Read.U32(&r);
        byte* name = Read.Bytes(&r, length);
        return name != null && System.MemoryExtensions.SequenceEqual(new System.ReadOnlySpan<byte>(name, (int)length), "name"u8);
    }
}
