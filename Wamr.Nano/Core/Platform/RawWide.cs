// SPDX-License-Identifier: MIT
// Raw accesses for which a compiler may have better ways: doublewords, block moves. NativeAOT uses its own file instead of this one.
using System.Runtime.CompilerServices;

namespace Wamr.Nano.Core.Platform;

internal static unsafe partial class Raw
{
    /// <summary>
    /// On Armv7-M, a doubleword load (LDRD) faults on a misaligned address, but word loads do not. So these use two words there.
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
