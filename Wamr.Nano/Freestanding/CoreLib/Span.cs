// SPDX-License-Identifier: MIT
// ReadOnlySpan over constant data: the one generic type of the core. `ReadOnlySpan<byte> x => [1, 2, 3]` stays in flash.
using System.Runtime.CompilerServices;

namespace System;

public readonly ref struct ReadOnlySpan<T>
{
    private readonly ref T first;
    private readonly int length;

    public unsafe ReadOnlySpan(void* pointer, int length)
    {
        first = ref *(T*)pointer;
        this.length = length;
    }

    /// <summary>Never called: the compiler asks for it before it lays the elements out as constant data.</summary>
    public ReadOnlySpan(T[] array)
    {
        first = ref array[0];
        length = 0;
    }

    /// <summary>Likewise, for UTF-8 literals.</summary>
    public ReadOnlySpan(T[] array, int start, int length)
    {
        first = ref array[start];
        this.length = length;
    }

    public int Length { get { return length; } }

    /// <summary>Element <paramref name="index"/>. Not range-checked: the core indexes its tables by validated numbers.</summary>
    public unsafe ref readonly T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get { fixed (T* start = &first) return ref start[index]; }
    }

    public ref readonly T GetPinnableReference() { return ref first; }
}
