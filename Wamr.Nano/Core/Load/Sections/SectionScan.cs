// SPDX-License-Identifier: MIT
// First pass over a module (spec chapter 5.5.2): header, order and size of the sections, number of items in each. Nothing is allocated.
using System;
using System.Runtime.CompilerServices;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Sections;

internal enum SectionId : byte
{
    Custom = 0,
    Type = 1,
    Import = 2,
    Function = 3,
    Table = 4,
    Memory = 5,
    Global = 6,
    Export = 7,
    Start = 8,
    Element = 9,
    Code = 10,
    Data = 11,
    DataCount = 12,
}

/// <summary>A section of known id, or none.</summary>
internal unsafe struct Section
{
    /// <summary>The first item, after the count; in the data count section, the number itself. Null if there is no such section.</summary>
    internal byte* Items;
    internal byte* End;

    /// <summary>The announced number of items, never more than the section has bytes; in the data count section, its number.</summary>
    internal uint Count;
}

internal static unsafe class SectionScan
{
    /// <summary>Number of section ids.</summary>
    internal const int Ids = 13;

    /// <summary>Section of the exceptions proposal.</summary>
    private const byte TagSection = 13;
    private const uint HeaderSize = 8, Magic = 0x6D736100, Version = 1;

    /// <summary>The position of a section by its id; the data count section comes before the code section.</summary>
    private static ReadOnlySpan<byte> Rank => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 10];

    /// <summary>Finds the sections of <paramref name="l"/>, and checks that the numbers in dependent sections agree.</summary>
    /// <remarks>The phases of loading are not inlined into each other, so that they can use the same native stack.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static WasmError Scan(Loading* l, byte* bytes, uint size)
    {
        ByteReader r = Read.Over(bytes, bytes, bytes + size);
        Header(&r);
        int rank = 0;
        while (r.Error == WasmError.None && r.Pos < r.End) Next(l, &r, &rank);
        if (r.Error == WasmError.None) Agreement(l, &r);
        return r.Error == WasmError.None ? WasmError.None : Loads.Report(l, &r);
    }

    private static void Header(ByteReader* r)
    {
        byte* start = r->Pos;
        uint magic = Read.Fixed32(r);
        if (magic != Magic) Read.FailAt(r, r->Error == WasmError.None ? WasmError.BadMagic : r->Error, start);
        uint version = Read.Fixed32(r);
        // The upper half of the word is the layer: 0 for a module, 1 for a component.
        if (version >> 16 == 1) Read.FailAt(r, WasmError.IsComponent, start + 4);
        if (version != Version) Read.FailAt(r, WasmError.UnknownVersion, start + 4);
    }

    private static void Next(Loading* l, ByteReader* r, int* rank)
    {
        byte* at = r->Pos;
        byte id = Read.U8(r);
        uint size = Read.U32(r);
        byte* contents = Read.Bytes(r, size);
        if (id >= Ids) Read.FailAt(r, id == TagSection ? WasmError.UnsupportedFeature : WasmError.BadSectionId, at);
        if (r->Error != WasmError.None) return;

        ByteReader section = Read.Over(r->Base, contents, r->Pos);
        if (id == (byte)SectionId.Custom)
        {
            uint length;
            Utf8.Name(&section, &length);
        }
        else if (Rank[id] <= *rank) Read.FailAt(r, WasmError.SectionOrder, at);
        else
        {
            *rank = Rank[id];
            Open(l, &section, id);
        }
        if (section.Error != WasmError.None) Read.FailValue(r, section.Error, section.Base + section.ErrorOffset, section.ErrorValue);
    }

    private static void Open(Loading* l, ByteReader* r, byte id)
    {
        byte* at = r->Pos;
        uint count = 1;
        if (id == (byte)SectionId.DataCount)
        {
            Read.Require(r, Features.BulkMemory, l->Features, at);
            count = Read.U32(r);
            if (r->Pos != r->End) Read.Fail(r, WasmError.SectionSizeMismatch);
        }
        else if (id != (byte)SectionId.Start) count = Read.Count(r);
        if (count > Config.MaxItems) Read.FailValue(r, WasmError.TooManyItems, at, count);
        Section* section = &l->Sections[id];
        section->Items = id == (byte)SectionId.DataCount ? at : r->Pos;
        section->End = r->End;
        section->Count = count;
    }

    private static void Agreement(Loading* l, ByteReader* r)
    {
        Section* s = l->Sections;
        if (s[(int)SectionId.Function].Count != s[(int)SectionId.Code].Count)
            Read.FailValue(r, WasmError.FunctionCodeCountMismatch, r->Pos, s[(int)SectionId.Code].Count);
        Section* dataCount = &s[(int)SectionId.DataCount];
        if (dataCount->Items != null && dataCount->Count != s[(int)SectionId.Data].Count)
            Read.FailValue(r, WasmError.DataCountMismatch, dataCount->Items, s[(int)SectionId.Data].Count);
    }
}
