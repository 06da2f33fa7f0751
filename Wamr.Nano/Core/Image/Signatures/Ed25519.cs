// SPDX-License-Identifier: MIT
// Checks Ed25519 signatures (RFC 8032, chapter 5.1.7). The PC signs: this code never handles a secret.
using System;
using Wamr.Nano.Core.Platform;

namespace Wamr.Nano.Core.Image.Signatures;

internal static unsafe class Ed25519
{
    internal const uint KeyBytes = 32, SignatureBytes = 64;

    /// <summary>Order of the base point, the lowest byte first.</summary>
    private static ReadOnlySpan<byte> Order =>
    [
        0xED, 0xD3, 0xF5, 0x5C, 0x1A, 0x63, 0x12, 0x58, 0xD6, 0x9C, 0xF7, 0xA2, 0xDE, 0xF9, 0xDE, 0x14,
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x10,
    ];

    /// <summary>Whether a signature (64 bytes) fits the message and the public key (32 bytes).</summary>
    internal static bool Verify(byte* key, byte* message, uint size, byte* signature)
    {
        uint* numbers = stackalloc uint[2 * Field25519.Words];
        uint* s = numbers, h = numbers + Field25519.Words;
        uint* order = stackalloc uint[Field25519.Words];
        fixed (byte* bytes = Order) Field25519.Load(order, bytes);
        Field25519.Load(s, signature + Field25519.Bytes);
        if (!IsBelow(s, order)) return false;
        Hash(h, order, key, message, size, signature);
        uint* point = stackalloc uint[Point25519.Words];
        if (!Point25519.Decode(point, key)) return false;
        // R = s B - h A
        Combine(point, s, h);
        byte* encoded = stackalloc byte[Field25519.Bytes];
        Point25519.Encode(point, encoded);
        return Raw.Equal(encoded, signature, Field25519.Bytes);
    }

    /// <summary>a = s B - h a, bit by bit of both numbers at once.</summary>
    private static void Combine(uint* a, uint* s, uint* h)
    {
        uint* table = stackalloc uint[3 * Point25519.Words];
        uint* b = table, minus = b + Point25519.Words, both = minus + Point25519.Words;
        Point25519.Base(b);
        Point25519.Negate(minus, a);
        Point25519.Add(both, b, minus);
        Point25519.Zero(a);
        for (int bit = 8 * Field25519.Bytes - 1; bit >= 0; bit--)
        {
            Point25519.Add(a, a, a);
            uint which = Bit(s, bit) | Bit(h, bit) << 1;
            if (which != 0) Point25519.Add(a, a, table + (which - 1) * Point25519.Words);
        }
    }

    /// <summary>h = SHA-512 of R, key and message, modulo the order.</summary>
    private static void Hash(uint* h, uint* order, byte* key, byte* message, uint size, byte* signature)
    {
        Sha512 hash;
        byte* digest = stackalloc byte[(int)Sha512.DigestBytes];
        Sha512.Start(&hash);
        Sha512.Add(&hash, signature, Field25519.Bytes);
        Sha512.Add(&hash, key, KeyBytes);
        Sha512.Add(&hash, message, size);
        Sha512.End(&hash, digest);
        Field25519.Set(h, 0);
        for (int bit = 8 * (int)Sha512.DigestBytes - 1; bit >= 0; bit--)
        {
            uint carry = (uint)digest[bit >> 3] >> (bit & 7) & 1;
            for (int i = 0; i < Field25519.Words; i++)
            {
                uint word = h[i];
                h[i] = word << 1 | carry;
                carry = word >> 31;
            }
            // The order has 253 bits: twice a number below it plus one fits in 256 bits, and exceeds the order by less than the order.
            if (!IsBelow(h, order)) Field25519.Difference(h, h, order);
        }
    }

    private static bool IsBelow(uint* a, uint* b)
    {
        for (int i = Field25519.Words - 1; i >= 0; i--)
            if (a[i] != b[i]) return a[i] < b[i];
        return false;
    }

    private static uint Bit(uint* number, int bit) => number[bit >> 5] >> (bit & 31) & 1;
}
