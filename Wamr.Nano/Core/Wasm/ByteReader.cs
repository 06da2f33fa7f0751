// SPDX-License-Identifier: MIT
// Sticky reader over module bytes: LEB128 and vectors (spec chapters 5.1, 5.2). It keeps the first failure, and later reads return 0.
using System.Runtime.CompilerServices;
using Wamr.Nano.Core.Platform;

namespace Wamr.Nano.Core.Wasm;

/// <summary>Position in a byte range. Callers check <see cref="Error"/> once per item.</summary>
internal unsafe struct ByteReader
{
    internal byte* Pos;
    internal byte* End;

    /// <summary>First byte of the module, so that offsets count from there.</summary>
    internal byte* Base;

    /// <summary>First failure, or <see cref="WasmError.None"/>.</summary>
    internal WasmError Error;

    /// <summary>Module offset of the first failure.</summary>
    internal uint ErrorOffset;

    /// <summary>The wrong value: an index that does not exist, a feature that is off; 0 if there is none.</summary>
    internal uint ErrorValue;
}

/// <summary>Reads from a <see cref="ByteReader"/>.</summary>
internal static unsafe class Read
{
    internal static ByteReader Over(byte* moduleBase, byte* start, byte* end)
    {
        ByteReader r = default;
        r.Base = moduleBase;
        r.Pos = start;
        r.End = end;
        return r;
    }

    /// <summary>Module offset of the next byte.</summary>
    internal static uint Offset(ByteReader* r) => (uint)(r->Pos - r->Base);

    /// <summary>Bytes left.</summary>
    internal static uint Left(ByteReader* r) => (uint)(r->End - r->Pos);

    /// <summary>Keeps the first failure and moves to the end, so that loops over the reader stop.</summary>
    internal static void Fail(ByteReader* r, WasmError error) => FailAt(r, error, r->Pos);

    internal static void FailAt(ByteReader* r, WasmError error, byte* at)
    {
        if (r->Error != WasmError.None) return;
        r->Error = error;
        r->ErrorOffset = (uint)(at - r->Base);
        r->Pos = r->End;
    }

    /// <summary>Like <see cref="FailAt"/>, with the wrong value.</summary>
    internal static void FailValue(ByteReader* r, WasmError error, byte* at, uint value)
    {
        if (r->Error == WasmError.None) r->ErrorValue = value;
        FailAt(r, error, at);
    }

    /// <summary>Fails unless all of the given features are on.</summary>
    internal static void Require(ByteReader* r, Features needed, Features features, byte* at)
    {
        if ((features & needed) != needed) FailValue(r, WasmError.FeatureDisabled, at, (uint)(needed & ~features));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static byte U8(ByteReader* r)
    {
        if (r->Pos < r->End) return *r->Pos++;
        Fail(r, WasmError.UnexpectedEnd);
        return 0;
    }

    /// <summary>Unsigned 32-bit LEB128: almost always one byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint U32(ByteReader* r)
    {
        if (r->Pos < r->End && *r->Pos < 0x80) return *r->Pos++;
        return (uint)Leb(r, 32, false);
    }

    /// <summary>
    /// The length of a vector. Each item takes at least one byte, so this refuses a length beyond the bytes left, and nothing loops over
    /// it.
    /// </summary>
    internal static uint Count(ByteReader* r)
    {
        byte* at = r->Pos;
        uint count = U32(r);
        if (count <= Left(r)) return count;
        FailAt(r, WasmError.UnexpectedEnd, at);
        return 0;
    }

    internal static ulong U64(ByteReader* r) => Leb(r, 64, false);

    internal static int S32(ByteReader* r)
    {
        if (r->Pos < r->End && *r->Pos < 0x80) return *r->Pos++ << 25 >> 25;
        return (int)Leb(r, 32, true);
    }

    /// <summary>The 33-bit signed number of a block type.</summary>
    internal static long S33(ByteReader* r) => (long)Leb(r, 33, true);

    internal static long S64(ByteReader* r) => (long)Leb(r, 64, true);

    internal static uint Fixed32(ByteReader* r)
    {
        byte* p = Bytes(r, 4);
        return p == null ? 0 : Raw.Load32(p);
    }

    internal static ulong Fixed64(ByteReader* r)
    {
        byte* p = Bytes(r, 8);
        return p == null ? 0 : Raw.Load64(p);
    }

    /// <summary>Skips the next <paramref name="count"/> bytes, and returns their start; null if fewer are left.</summary>
    internal static byte* Bytes(ByteReader* r, uint count)
    {
        if (Left(r) < count)
        {
            Fail(r, WasmError.UnexpectedEnd);
            return null;
        }
        byte* p = r->Pos;
        r->Pos += count;
        return p;
    }

    /// <summary>
    /// LEB128 of <paramref name="bits"/> bits. Too many bytes, and unused bits that do not repeat the sign, are malformed.
    /// </summary>
    private static ulong Leb(ByteReader* r, int bits, bool signed)
    {
        byte* start = r->Pos;
        uint low = 0;
        ulong value = 0;
        int shift = 0;
        byte b;
        do
        {
            if (shift >= bits)
            {
                FailAt(r, WasmError.BadLeb128, start);
                return 0;
            }
            if (r->Pos == r->End)
            {
                Fail(r, WasmError.UnexpectedEnd);
                return 0;
            }
            b = *r->Pos++;
            // Most numbers end before a 64-bit shift is needed, which takes several steps on small processors.
            if (shift < 28) low |= (b & 0x7Fu) << shift;
            else value |= (ulong)(b & 0x7F) << shift;
            shift += 7;
        }
        while (b >= 0x80);

        if (shift > bits && !UnusedBitsExtend(b, bits - (shift - 7), signed))
        {
            FailAt(r, WasmError.BadLeb128, start);
            return 0;
        }
        value |= low;
        if (signed && shift < 64 && (b & 0x40) != 0) value |= ulong.MaxValue << shift;
        return value;
    }

    /// <summary>Whether the bits of the last byte above its <paramref name="used"/> lowest bits are zero, or repeat the sign.</summary>
    private static bool UnusedBitsExtend(byte last, int used, bool signed)
    {
        int rest = (last & 0x7F) >> (signed ? used - 1 : used);
        return rest == 0 || (signed && rest == 0x7F >> (used - 1));
    }
}
