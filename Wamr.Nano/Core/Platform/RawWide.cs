// SPDX-License-Identifier: MIT
// The raw accesses that a compiler may have better ways for: doublewords, block moves. NativeAOT has its own file in place of this one.
using System.Runtime.CompilerServices;

namespace Wamr.Nano.Core.Platform;

internal static unsafe partial class Raw
{
    /// <summary>
    /// A doubleword load may fault on a misaligned address where word loads do not (Armv7-M LDRD), hence two words there.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Load64(byte* p) => sizeof(nuint) == 8 ? *(ulong*)p : *(uint*)p | (ulong)*(uint*)(p + 4) << 32;

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
}
