// SPDX-License-Identifier: MIT
// Data segments (spec chapter 5.5.14), read in place.
namespace Wamr.Nano.Core.Wasm;

/// <summary>A data segment. Pointers lead into the module's bytes.</summary>
internal unsafe struct DataSegment
{
    /// <summary>Whether the segment is copied into memory at instantiation; otherwise only memory.init copies it.</summary>
    internal bool Active;

    /// <summary>The memory of an active segment, as encoded; only memory 0 is valid.</summary>
    internal uint Memory;

    /// <summary>The constant expression for the address of an active segment.</summary>
    internal byte* Offset;

    internal byte* Data;

    /// <summary>Bytes of <see cref="Data"/>.</summary>
    internal uint Size;
}

internal static unsafe class DataSegments
{
    private const uint Passive = 1, ExplicitMemory = 2;

    /// <summary>Segment <paramref name="index"/> of a loaded module.</summary>
    internal static void Get(Module* module, uint index, DataSegment* segment)
    {
        ByteReader r = Read.Over(module->Bytes, module->Bytes + module->DataSegments[index], module->Bytes + module->Size);
        Head(&r, segment, Features.All);
        if (segment->Active) ConstExpr.Skip(&r, Features.All);
        Tail(&r, segment);
    }

    /// <summary>Reads up to the offset expression of an active segment.</summary>
    internal static void Head(ByteReader* r, DataSegment* segment, Features features)
    {
        segment->Memory = 0;
        byte* at = r->Pos;
        uint flags = Read.U32(r);
        if (flags > ExplicitMemory) Read.FailAt(r, WasmError.BadSegmentFlags, at);
        if (flags != 0) Read.Require(r, Features.BulkMemory, features, at);
        if (flags == ExplicitMemory) segment->Memory = Read.U32(r);
        segment->Active = flags != Passive;
        segment->Offset = r->Pos;
    }

    /// <summary>Reads what follows the offset expression.</summary>
    internal static void Tail(ByteReader* r, DataSegment* segment)
    {
        segment->Size = Read.U32(r);
        segment->Data = Read.Bytes(r, segment->Size);
    }
}
