// SPDX-License-Identifier: MIT
// In place of Core/Platform/RawWide.cs: doublewords as ILCompiler likes them, block moves by memory.c.
using System.Runtime;
using System.Runtime.CompilerServices;

namespace Wamr.Nano.Core.Platform;

internal static unsafe partial class Raw
{
    /// <summary>ILCompiler makes two loads of words of it, which may be misaligned, and no LDRD, which may not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Load64(byte* p) => *(ulong*)p;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store64(byte* p, ulong value) => *(ulong*)p = value;

    /// <summary>Copies <paramref name="size"/> bytes; the ranges may overlap.</summary>
    internal static void Copy(byte* to, byte* from, uint size) => Move(to, from, size);

    /// <summary>Sets <paramref name="size"/> bytes to <paramref name="value"/>.</summary>
    internal static void Fill(byte* to, byte value, uint size) => Set(to, value, size);

    [RuntimeImport("memmove"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void* Move(void* to, void* from, nuint size);

    [RuntimeImport("memset"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void* Set(void* to, int value, nuint size);
}
