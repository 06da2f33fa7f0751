// SPDX-License-Identifier: MIT
// Memory accesses without an alignment promise, little-endian, and block moves. Every access to linear memory goes through here.
using System.Runtime.CompilerServices;

namespace Wamr.Nano.Core;

/// <summary>
/// Raw memory. The bodies serve compilers whose loads may be misaligned (x64, Arm64) and, word-wise, Armv7-M;
/// the C translator replaces them by its own unaligned accesses and by memmove/memset.
/// </summary>
internal static unsafe class Raw
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ushort Load16(byte* p) => *(ushort*)p;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint Load32(byte* p) => *(uint*)p;

    /// <summary>A doubleword load may fault on a misaligned address where word loads do not (Armv7-M LDRD), hence two words there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Load64(byte* p) => sizeof(nuint) == 8 ? *(ulong*)p : *(uint*)p | (ulong)*(uint*)(p + 4) << 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store16(byte* p, ushort value) => *(ushort*)p = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store32(byte* p, uint value) => *(uint*)p = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store64(byte* p, ulong value)
    {
        if (sizeof(nuint) == 8)
        {
            *(ulong*)p = value;
            return;
        }
        *(uint*)p = (uint)value;
        *(uint*)(p + 4) = (uint)(value >> 32);
    }

    /// <summary>Copies <paramref name="size"/> bytes; the ranges may overlap.</summary>
    internal static void Copy(byte* to, byte* from, uint size)
    {
        if (to <= from)
            for (uint i = 0; i < size; i++) to[i] = from[i];
        else
            while (size-- != 0) to[size] = from[size];
    }

    /// <summary>Sets <paramref name="size"/> bytes to <paramref name="value"/>.</summary>
    internal static void Fill(byte* to, byte value, uint size)
    {
        for (uint i = 0; i < size; i++) to[i] = value;
    }

    /// <summary>Negative, 0 or positive as the first differing byte of <paramref name="a"/> is smaller, absent or larger.</summary>
    internal static int Compare(byte* a, byte* b, uint size)
    {
        for (uint i = 0; i < size; i++)
            if (a[i] != b[i]) return a[i] - b[i];
        return 0;
    }

    /// <summary>Whether two blocks hold the same bytes.</summary>
    internal static bool Equal(byte* a, byte* b, uint size)
    {
        for (uint i = 0; i < size; i++)
            if (a[i] != b[i]) return false;
        return true;
    }
}
