// SPDX-License-Identifier: MIT
// Numbers modulo p = 2^255 - 19 (RFC 8032, chapter 5.1.1): eight words, the lowest first, of any value below 2^256. What they hold is
// public: nothing here takes the same time for all values.
using System.Runtime.CompilerServices;

namespace Wamr.Nano.Core.Image.Signatures;

internal static unsafe class Field25519
{
    internal const int Words = 8, Bytes = 32;

    /// <summary>2^256 modulo p: the value of a carry out of the highest word.</summary>
    private const uint Carry = 38;

    internal static void Set(uint* r, uint value)
    {
        r[0] = value;
        for (int i = 1; i < Words; i++) r[i] = 0;
    }

    internal static void Copy(uint* r, uint* a)
    {
        for (int i = 0; i < Words; i++) r[i] = a[i];
    }

    /// <summary>Reads 32 bytes, the lowest first.</summary>
    internal static void Load(uint* r, byte* bytes)
    {
        for (int i = 0; i < Words; i++, bytes += 4) r[i] = bytes[0] | (uint)bytes[1] << 8 | (uint)bytes[2] << 16 | (uint)bytes[3] << 24;
    }

    internal static void Add(uint* r, uint* a, uint* b)
    {
        ulong sum = 0;
        for (int i = 0; i < Words; i++, sum >>= 32) r[i] = (uint)(sum += (ulong)a[i] + b[i]);
        Fold(r, (uint)sum);
    }

    internal static void Subtract(uint* r, uint* a, uint* b)
    {
        ulong borrow = Difference(r, a, b);
        while (borrow != 0)
        {
            borrow = Carry;
            for (int i = 0; i < Words; i++, borrow = borrow >> 32 & 1) r[i] = (uint)(borrow = r[i] - borrow);
        }
    }

    /// <summary>r = a - b, of plain numbers of eight words. Returns 1 if 2^256 was borrowed, else 0.</summary>
    internal static uint Difference(uint* r, uint* a, uint* b)
    {
        ulong difference = 0;
        for (int i = 0; i < Words; i++, difference = difference >> 32 & 1) r[i] = (uint)(difference = (ulong)a[i] - b[i] - difference);
        return (uint)difference;
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // called from many places
    internal static void Multiply(uint* r, uint* a, uint* b)
    {
        uint* t = stackalloc uint[2 * Words];
        for (int i = 0; i < Words; i++) t[i] = 0;
        for (int i = 0; i < Words; i++)
        {
            ulong sum = 0;
            for (int k = 0; k < Words; k++, sum >>= 32) t[i + k] = (uint)(sum += (ulong)a[i] * b[k] + t[i + k]);
            t[i + Words] = (uint)sum;
        }
        ulong low = 0;
        for (int i = 0; i < Words; i++, low >>= 32) r[i] = (uint)(low += (ulong)t[i + Words] * Carry + t[i]);
        Fold(r, (uint)low);
    }

    /// <summary>
    /// r = a to the power of a number of 32 bytes: its lowest byte, its highest byte, and 0xFF between them. <paramref name="r"/> is not
    /// <paramref name="a"/>.
    /// </summary>
    internal static void Power(uint* r, uint* a, byte lowest, byte highest)
    {
        Set(r, 1);
        for (int bit = 8 * Bytes - 1; bit >= 0; bit--)
        {
            int at = bit >> 3;
            byte part = at == 0 ? lowest : at == Bytes - 1 ? highest : (byte)0xFF;
            Multiply(r, r, r);
            if ((part >> (bit & 7) & 1) != 0) Multiply(r, r, a);
        }
    }

    /// <summary>Makes the number the one below p.</summary>
    internal static void Reduce(uint* r)
    {
        // Twice: the first may leave one of the 19 numbers from p to 2^255.
        for (int turn = 0; turn < 2; turn++) FoldTop(r);
        uint* beyond = stackalloc uint[Words];
        Copy(beyond, r);
        ulong sum = 19;
        for (int i = 0; i < Words; i++, sum >>= 32) beyond[i] = (uint)(sum += beyond[i]);
        if (beyond[Words - 1] >> 31 == 0) return;
        Copy(r, beyond);
        r[Words - 1] &= 0x7FFFFFFF;
    }

    /// <summary>Whether two numbers are the same; reduces both.</summary>
    internal static bool Equal(uint* a, uint* b)
    {
        Reduce(a);
        Reduce(b);
        uint different = 0;
        for (int i = 0; i < Words; i++) different |= a[i] ^ b[i];
        return different == 0;
    }

    /// <summary>2^255 is 19: the highest bit goes to the lowest word.</summary>
    private static void FoldTop(uint* r)
    {
        ulong sum = (r[Words - 1] >> 31) * 19;
        r[Words - 1] &= 0x7FFFFFFF;
        for (int i = 0; i < Words; i++, sum >>= 32) r[i] = (uint)(sum += r[i]);
    }

    private static void Fold(uint* r, uint carry)
    {
        ulong sum = (ulong)carry * Carry;
        for (int i = 0; i < Words; i++, sum >>= 32) r[i] = (uint)(sum += r[i]);
        // After a second carry, the number is small.
        if (sum != 0) r[0] += Carry;
    }
}
