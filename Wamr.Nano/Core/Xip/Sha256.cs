// SPDX-License-Identifier: MIT
// SHA-256 (FIPS 180-4), small rather than fast.
using System;
using System.Numerics;

namespace Wamr.Nano.Core;

internal static unsafe class Sha256
{
    private const uint BlockBytes = 64;

    private static ReadOnlySpan<uint> Constants =>
    [
        0x428A2F98, 0x71374491, 0xB5C0FBCF, 0xE9B5DBA5, 0x3956C25B, 0x59F111F1, 0x923F82A4, 0xAB1C5ED5,
        0xD807AA98, 0x12835B01, 0x243185BE, 0x550C7DC3, 0x72BE5D74, 0x80DEB1FE, 0x9BDC06A7, 0xC19BF174,
        0xE49B69C1, 0xEFBE4786, 0x0FC19DC6, 0x240CA1CC, 0x2DE92C6F, 0x4A7484AA, 0x5CB0A9DC, 0x76F988DA,
        0x983E5152, 0xA831C66D, 0xB00327C8, 0xBF597FC7, 0xC6E00BF3, 0xD5A79147, 0x06CA6351, 0x14292967,
        0x27B70A85, 0x2E1B2138, 0x4D2C6DFC, 0x53380D13, 0x650A7354, 0x766A0ABB, 0x81C2C92E, 0x92722C85,
        0xA2BFE8A1, 0xA81A664B, 0xC24B8B70, 0xC76C51A3, 0xD192E819, 0xD6990624, 0xF40E3585, 0x106AA070,
        0x19A4C116, 0x1E376C08, 0x2748774C, 0x34B0BCB5, 0x391C0CB3, 0x4ED8AA4A, 0x5B9CCA4F, 0x682E6FF3,
        0x748F82EE, 0x78A5636F, 0x84C87814, 0x8CC70208, 0x90BEFFFA, 0xA4506CEB, 0xBEF9A3F7, 0xC67178F2,
    ];

    private static ReadOnlySpan<uint> Start =>
    [
        0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19,
    ];

    /// <summary>Writes the 32 bytes of the digest of <paramref name="size"/> bytes.</summary>
    internal static void Of(byte* bytes, uint size, byte* digest)
    {
        uint* state = stackalloc uint[8];
        byte* last = stackalloc byte[(int)(2 * BlockBytes)];
        for (int i = 0; i < 8; i++) state[i] = Start[i];
        uint whole = size & ~(BlockBytes - 1), rest = size - whole;
        for (uint at = 0; at < whole; at += BlockBytes) Block(state, bytes + at);
        // What is left, a bit, zeroes, and the length in bits in the last eight bytes.
        uint end = rest < BlockBytes - 8 ? BlockBytes : 2 * BlockBytes;
        Raw.Fill(last, 0, 2 * BlockBytes);
        Raw.Copy(last, bytes + whole, rest);
        last[rest] = 0x80;
        for (int i = 0; i < 5; i++) last[end - 1 - i] = (byte)((ulong)size << 3 >> 8 * i);
        Block(state, last);
        if (end != BlockBytes) Block(state, last + BlockBytes);
        for (int i = 0; i < 32; i++) digest[i] = (byte)(state[i / 4] >> 24 - i % 4 * 8);
    }

    private static void Block(uint* state, byte* block)
    {
        uint* w = stackalloc uint[16];
        uint* v = stackalloc uint[8];
        for (int i = 0; i < 8; i++) v[i] = state[i];
        for (int i = 0; i < 64; i++)
        {
            uint word = i < 16 ? Word(block + 4 * i) : w[i & 15] + Mix(w[(i + 1) & 15], 7, 18, 3) + w[(i + 9) & 15] + Mix(w[(i + 14) & 15], 17, 19, 10);
            w[i & 15] = word;
            uint e = v[4], a = v[0];
            uint t = v[7] + Turn(e, 6, 11, 25) + ((e & v[5]) ^ (~e & v[6])) + Constants[i] + word;
            uint u = Turn(a, 2, 13, 22) + ((a & v[1]) ^ (a & v[2]) ^ (v[1] & v[2]));
            for (int k = 7; k > 0; k--) v[k] = v[k - 1];
            v[4] += t;
            v[0] = t + u;
        }
        for (int i = 0; i < 8; i++) state[i] += v[i];
    }

    private static uint Word(byte* p) => (uint)p[0] << 24 | (uint)p[1] << 16 | (uint)p[2] << 8 | p[3];

    private static uint Turn(uint x, int a, int b, int c) =>
        BitOperations.RotateRight(x, a) ^ BitOperations.RotateRight(x, b) ^ BitOperations.RotateRight(x, c);

    private static uint Mix(uint x, int a, int b, int shift) => BitOperations.RotateRight(x, a) ^ BitOperations.RotateRight(x, b) ^ x >> shift;
}
