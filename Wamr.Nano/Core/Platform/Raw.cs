// SPDX-License-Identifier: MIT
// Memory accesses at any alignment, little-endian, and block moves. Every access to linear memory uses these.
using System.Runtime.CompilerServices;

namespace Wamr.Nano.Core.Platform;

/// <summary>
/// Raw memory. The bodies serve compilers whose loads may be misaligned (x64, Arm64) and, word-wise, Armv7-M;
/// the C translator replaces them by its own unaligned accesses and by memmove/memset.
/// </summary>
internal static unsafe partial class Raw
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ushort Load16(byte* p) => *(ushort*)p;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint Load32(byte* p) => *(uint*)p;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store16(byte* p, ushort value) => *(ushort*)p = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store32(byte* p, uint value) => *(uint*)p = value;

    /// <summary>
    /// Compares two blocks: negative, 0 or positive if the first differing byte of <paramref name="a"/> is smaller, does not exist, or is
    /// larger.
    /// </summary>
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
