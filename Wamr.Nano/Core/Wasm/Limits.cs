// SPDX-License-Identifier: MIT
// Limits of memories and tables (spec chapters 5.3.9 - 5.3.11, 3.2.2; custom page sizes proposal).
namespace Wamr.Nano.Core.Wasm;

/// <summary>Limits as encoded, always in 64 bits.</summary>
internal unsafe struct Limits
{
    internal const byte HasMax = 1, Shared = 2, Is64 = 4, HasPageSize = 8;

    internal byte Flags;
    internal ulong Min;

    /// <summary>The maximum; all ones if there is none.</summary>
    internal ulong Max;
}

internal static unsafe class ReadLimits
{
    /// <summary>Fills in the type, except for its import. Sizes are in pages of 64 KB or of one byte.</summary>
    internal static void Memory(ByteReader* r, MemoryType* type, Features features)
    {
        byte* at = r->Pos;
        Limits limits;
        Head(r, &limits, Limits.HasMax | Limits.Shared | Limits.Is64 | Limits.HasPageSize);
        int shift = Config.PageShift;
        if ((limits.Flags & Limits.HasPageSize) != 0)
        {
            Read.Require(r, Features.CustomPageSizes, features, at);
            byte* sizeAt = r->Pos;
            shift = (int)Read.U32(r);
            // A page size above 2^64 is malformed; any other size except 1 and 64 KB is invalid.
            if (shift is not 0 and not 16) Read.FailAt(r, shift is < 0 or > 64 ? WasmError.IndexTooLarge : WasmError.BadPageSize, sizeAt);
        }
        Range(r, &limits, shift == 0 ? uint.MaxValue : 1u << (32 - Config.PageShift), WasmError.MemoryTooLarge, at);
        type->Min = (uint)limits.Min;
        type->Max = (uint)limits.Max;
        type->PageShift = (byte)shift;
        type->Present = 1;
    }

    /// <summary>Reads element type and limits; fills in the type, except for its import.</summary>
    internal static void Table(ByteReader* r, TableType* type, Features features)
    {
        // Before reference types, a table could only hold functions, and this byte was reserved.
        byte* at = r->Pos;
        if (at < r->End && *at == 0x40) Read.FailAt(r, WasmError.UnsupportedFeature, at);
        type->ElemType = at < r->End && *at == (byte)ValType.FuncRef ? (ValType)Read.U8(r) : ReadType.Reference(r, features);
        at = r->Pos;
        Limits limits;
        Head(r, &limits, Limits.HasMax | Limits.Is64);
        Range(r, &limits, uint.MaxValue, WasmError.TableTooLarge, at);
        type->Min = (uint)limits.Min;
        type->Max = (uint)limits.Max;
    }

    private static void Head(ByteReader* r, Limits* limits, int allowed)
    {
        byte* at = r->Pos;
        limits->Flags = Read.U8(r);
        if ((limits->Flags & ~allowed) != 0) Read.FailAt(r, WasmError.BadLimitsFlags, at);
        if ((limits->Flags & (Limits.Shared | Limits.Is64)) != 0) Read.FailAt(r, WasmError.UnsupportedFeature, at);
        limits->Min = Read.U64(r);
        limits->Max = (limits->Flags & Limits.HasMax) != 0 ? Read.U64(r) : ulong.MaxValue;
    }

    private static void Range(ByteReader* r, Limits* limits, uint most, WasmError tooLarge, byte* at)
    {
        bool hasMax = (limits->Flags & Limits.HasMax) != 0;
        if (limits->Min > most || (hasMax && limits->Max > most)) Read.FailAt(r, tooLarge, at);
        if (limits->Min > limits->Max) Read.FailAt(r, WasmError.LimitsMinimumAboveMaximum, at);
    }
}
