// SPDX-License-Identifier: MIT
// Points of the curve edwards25519 (RFC 8032, chapter 5.1): four numbers X, Y, Z, T with x = X/Z, y = Y/Z, xy = T/Z.
using System;

namespace Wamr.Nano.Core.Image.Signatures;

internal static unsafe class Point25519
{
    private const int X = 0, Y = Field25519.Words, Z = 2 * Field25519.Words, T = 3 * Field25519.Words;

    /// <summary>Words of a point.</summary>
    internal const int Words = 4 * Field25519.Words;

    /// <summary>Exponents of <see cref="Field25519.Power"/>: p - 2, which inverts, and (p - 5) / 8, on the way to a square root.</summary>
    private const byte InverseLow = 0xEB, InverseHigh = 0x7F, RootLow = 0xFD, RootHigh = 0x0F;

    private static ReadOnlySpan<byte> D =>
    [
        0xA3, 0x78, 0x59, 0x13, 0xCA, 0x4D, 0xEB, 0x75, 0xAB, 0xD8, 0x41, 0x41, 0x4D, 0x0A, 0x70, 0x00,
        0x98, 0xE8, 0x79, 0x77, 0x79, 0x40, 0xC7, 0x8C, 0x73, 0xFE, 0x6F, 0x2B, 0xEE, 0x6C, 0x03, 0x52,
    ];

    private static ReadOnlySpan<byte> RootOfMinusOne =>
    [
        0xB0, 0xA0, 0x0E, 0x4A, 0x27, 0x1B, 0xEE, 0xC4, 0x78, 0xE4, 0x2F, 0xAD, 0x06, 0x18, 0x43, 0x2F,
        0xA7, 0xD7, 0xFB, 0x3D, 0x99, 0x00, 0x4D, 0x2B, 0x0B, 0xDF, 0xC1, 0x4F, 0x80, 0x24, 0x83, 0x2B,
    ];

    private static ReadOnlySpan<byte> BaseX =>
    [
        0x1A, 0xD5, 0x25, 0x8F, 0x60, 0x2D, 0x56, 0xC9, 0xB2, 0xA7, 0x25, 0x95, 0x60, 0xC7, 0x2C, 0x69,
        0x5C, 0xDC, 0xD6, 0xFD, 0x31, 0xE2, 0xA4, 0xC0, 0xFE, 0x53, 0x6E, 0xCD, 0xD3, 0x36, 0x69, 0x21,
    ];

    private static ReadOnlySpan<byte> BaseY =>
    [
        0x58, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66,
        0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66,
    ];

    /// <summary>The neutral element.</summary>
    internal static void Zero(uint* p)
    {
        Field25519.Set(p + X, 0);
        Field25519.Set(p + Y, 1);
        Field25519.Set(p + Z, 1);
        Field25519.Set(p + T, 0);
    }

    /// <summary>The base point.</summary>
    internal static void Base(uint* p)
    {
        Constant(p + X, BaseX);
        Constant(p + Y, BaseY);
        Field25519.Set(p + Z, 1);
        Field25519.Multiply(p + T, p + X, p + Y);
    }

    /// <summary>r = p + q, for any two points, the same one included (Hisil and others, 2008, "add-2008-hwcd-3").</summary>
    internal static void Add(uint* r, uint* p, uint* q)
    {
        uint* n = stackalloc uint[6 * Field25519.Words];
        uint* a = n, b = a + Field25519.Words, c = b + Field25519.Words, d = c + Field25519.Words, e = d + Field25519.Words,
            f = e + Field25519.Words;
        Field25519.Subtract(a, p + Y, p + X);
        Field25519.Subtract(b, q + Y, q + X);
        Field25519.Multiply(a, a, b);
        Field25519.Add(b, p + Y, p + X);
        Field25519.Add(c, q + Y, q + X);
        Field25519.Multiply(b, b, c);
        Constant(d, D);
        Field25519.Add(d, d, d);
        Field25519.Multiply(c, p + T, q + T);
        Field25519.Multiply(c, c, d);
        Field25519.Multiply(d, p + Z, q + Z);
        Field25519.Add(d, d, d);
        Field25519.Subtract(e, b, a);
        Field25519.Add(b, b, a);
        Field25519.Subtract(f, d, c);
        Field25519.Add(d, d, c);
        Field25519.Multiply(r + X, e, f);
        Field25519.Multiply(r + Y, d, b);
        Field25519.Multiply(r + T, e, b);
        Field25519.Multiply(r + Z, f, d);
    }

    /// <summary>r = -p.</summary>
    internal static void Negate(uint* r, uint* p)
    {
        uint* zero = stackalloc uint[Field25519.Words];
        Field25519.Set(zero, 0);
        Field25519.Subtract(r + X, zero, p + X);
        Field25519.Subtract(r + T, zero, p + T);
        Field25519.Copy(r + Y, p + Y);
        Field25519.Copy(r + Z, p + Z);
    }

    /// <summary>Reads a point as in RFC 8032, chapter 5.1.3; false if these 32 bytes are not a point.</summary>
    internal static bool Decode(uint* p, byte* bytes)
    {
        uint* n = stackalloc uint[4 * Field25519.Words];
        uint* u = n, v = u + Field25519.Words, x = v + Field25519.Words, t = x + Field25519.Words;
        uint sign = (uint)bytes[Field25519.Bytes - 1] >> 7;
        Field25519.Load(p + Y, bytes);
        p[Y + Field25519.Words - 1] &= 0x7FFFFFFF;
        Field25519.Copy(t, p + Y);
        Field25519.Reduce(t);
        for (int i = 0; i < Field25519.Words; i++)
            if (t[i] != p[Y + i]) return false;
        Field25519.Set(p + Z, 1);
        // x^2 = u / v with u = y^2 - 1, v = d y^2 + 1.
        Field25519.Multiply(t, p + Y, p + Y);
        Field25519.Subtract(u, t, p + Z);
        Constant(v, D);
        Field25519.Multiply(v, v, t);
        Field25519.Add(v, v, p + Z);
        if (!Root(p + X, u, v, x, t)) return false;
        Field25519.Reduce(p + X);
        Field25519.Set(t, 0);
        if ((p[X] & 1) != sign)
        {
            if (Field25519.Equal(p + X, t)) return false;
            Field25519.Subtract(p + X, t, p + X);
        }
        Field25519.Multiply(p + T, p + X, p + Y);
        return true;
    }

    /// <summary>Writes a point as 32 bytes.</summary>
    internal static void Encode(uint* p, byte* bytes)
    {
        uint* n = stackalloc uint[2 * Field25519.Words];
        uint* inverse = n, value = n + Field25519.Words;
        Field25519.Power(inverse, p + Z, InverseLow, InverseHigh);
        Field25519.Multiply(value, p + X, inverse);
        Field25519.Reduce(value);
        uint sign = value[0] & 1;
        Field25519.Multiply(value, p + Y, inverse);
        Field25519.Reduce(value);
        for (int i = 0; i < Field25519.Bytes; i++) bytes[i] = (byte)(value[i / 4] >> 8 * (i % 4));
        bytes[Field25519.Bytes - 1] |= (byte)(sign << 7);
    }

    /// <summary>root = the square root of u / v, if there is one: u v^3 (u v^7)^((p - 5) / 8), or that times the root of -1.</summary>
    private static bool Root(uint* root, uint* u, uint* v, uint* a, uint* b)
    {
        Field25519.Multiply(a, v, v);
        Field25519.Multiply(a, a, v);
        Field25519.Multiply(b, a, a);
        Field25519.Multiply(b, b, v);
        Field25519.Multiply(b, b, u);
        Field25519.Power(root, b, RootLow, RootHigh);
        Field25519.Multiply(root, root, a);
        Field25519.Multiply(root, root, u);
        Field25519.Multiply(a, root, root);
        Field25519.Multiply(a, a, v);
        if (Field25519.Equal(a, u)) return true;
        Constant(b, RootOfMinusOne);
        Field25519.Multiply(root, root, b);
        Field25519.Multiply(a, root, root);
        Field25519.Multiply(a, a, v);
        return Field25519.Equal(a, u);
    }

    private static void Constant(uint* r, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* p = bytes) Field25519.Load(r, p);
    }
}
