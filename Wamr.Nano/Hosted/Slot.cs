// SPDX-License-Identifier: MIT
// How a .NET number lies in the core's 32-bit slots.
using System;
using Wamr.Nano.Core;

namespace Wamr.Nano;

/// <summary>Conversion between <typeparamref name="T"/> and slots. The tests on types are folded by the compiler: nothing is left of them.</summary>
/// <typeparam name="T">int, uint, long, ulong, float or double.</typeparam>
internal static unsafe class Slot<T> where T : unmanaged
{
    internal static uint Count => sizeof(T) == 8 ? 2u : 1u;

    /// <exception cref="NotSupportedException">There is no WebAssembly type for T.</exception>
    internal static ValType Type =>
        typeof(T) == typeof(int) || typeof(T) == typeof(uint) ? ValType.I32
        : typeof(T) == typeof(long) || typeof(T) == typeof(ulong) ? ValType.I64
        : typeof(T) == typeof(float) ? ValType.F32
        : typeof(T) == typeof(double) ? ValType.F64
        : throw new NotSupportedException($"{typeof(T)} cannot cross the border: use int, uint, long, ulong, float or double");

    internal static T Read(uint* slots)
    {
        if (sizeof(T) == 4) return *(T*)slots;
        ulong bits = Raw.Load64((byte*)slots);
        return *(T*)&bits;
    }

    internal static void Write(uint* slots, T value)
    {
        if (sizeof(T) == 4) *(T*)slots = value;
        else Raw.Store64((byte*)slots, *(ulong*)&value);
    }
}
