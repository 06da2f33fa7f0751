// SPDX-License-Identifier: MIT
// Element segments (spec chapter 5.5.12), read in place.
namespace Wamr.Nano.Core.Wasm;

internal enum ElemMode : byte
{
    /// <summary>Copied into a table at instantiation.</summary>
    Active,

    /// <summary>Copied by table.init only.</summary>
    Passive,

    /// <summary>Never copied: it only declares functions whose references the code uses.</summary>
    Declarative,
}

/// <summary>An element segment. Pointers lead into the module's bytes.</summary>
internal unsafe struct ElemSegment
{
    internal ElemMode Mode;
    internal ValType Type;

    /// <summary>Whether the elements are constant expressions; otherwise they are function indices.</summary>
    internal bool Expressions;

    /// <summary>For an active segment, the table and the constant expression for the position in it.</summary>
    internal uint Table;
    internal byte* Offset;

    /// <summary>The number of elements. The first is at <see cref="Items"/>.</summary>
    internal uint Count;
    internal byte* Items;
}

internal static unsafe class ElemSegments
{
    private const uint NotActive = 1, Explicit = 2, OfExpressions = 4, AllFlags = 7;

    /// <summary>
    /// Reads segment <paramref name="index"/> of a loaded module; afterwards, <paramref name="r"/> is at its first element.
    /// </summary>
    internal static void Get(Module* module, uint index, ByteReader* r, ElemSegment* segment)
    {
        *r = Read.Over(module->Bytes, module->Bytes + module->ElemSegments[index], module->Bytes + module->Size);
        uint flags = Head(r, segment, Features.All);
        if (segment->Mode == ElemMode.Active) ConstExpr.Skip(r, Features.All);
        Tail(r, segment, flags, Features.All);
    }

    /// <summary>
    /// The element type of a valid segment. For an active segment, this is the type of its table, so its offset, which may be long, need
    /// not be read.
    /// </summary>
    internal static ValType Type(Module* module, uint index)
    {
        ByteReader r = Read.Over(module->Bytes, module->Bytes + module->ElemSegments[index], module->Bytes + module->Size);
        ElemSegment segment;
        uint flags = Head(&r, &segment, Features.All);
        if (segment.Mode == ElemMode.Active) return module->Tables[segment.Table].ElemType;
        Tail(&r, &segment, flags, Features.All);
        return segment.Type;
    }

    /// <summary>Reads up to the offset expression of an active segment.</summary>
    /// <returns>The flags, for <see cref="Tail"/>.</returns>
    internal static uint Head(ByteReader* r, ElemSegment* segment, Features features)
    {
        *segment = default;
        byte* at = r->Pos;
        uint flags = Read.U32(r);
        if (flags > AllFlags) Read.FailAt(r, WasmError.BadSegmentFlags, at);
        if (flags != 0) Read.Require(r, Features.BulkMemory, features, at);
        segment->Mode = (flags & NotActive) == 0 ? ElemMode.Active : (flags & Explicit) == 0 ? ElemMode.Passive : ElemMode.Declarative;
        segment->Expressions = (flags & OfExpressions) != 0;
        if (segment->Mode == ElemMode.Active && (flags & Explicit) != 0) segment->Table = Read.U32(r);
        segment->Offset = r->Pos;
        return flags;
    }

    /// <summary>Reads what follows the offset expression, up to the first element.</summary>
    internal static void Tail(ByteReader* r, ElemSegment* segment, uint flags, Features features)
    {
        segment->Type = ValType.FuncRef;
        bool typed = (flags & (NotActive | Explicit)) != 0;
        if (typed && segment->Expressions) segment->Type = ReadType.Reference(r, features);
        else if (typed && Read.U8(r) != 0) Read.FailAt(r, WasmError.BadElemKind, r->Pos - 1);
        segment->Count = Read.Count(r);
        segment->Items = r->Pos;
    }
}
