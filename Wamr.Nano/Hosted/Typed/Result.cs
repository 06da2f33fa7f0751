// SPDX-License-Identifier: MIT
// What a .NET number is as a result: how it lies in the core's 32-bit slots.
using System;
using System.Runtime.CompilerServices;

namespace Wamr.Nano;

/// <summary>A type as the result of a host function or of a function of the app.</summary>
/// <typeparam name="T">int, uint, long, ulong, float or double.</typeparam>
internal static unsafe class Result<T>
    where T : unmanaged
{
    /// <exception cref="NotSupportedException">It cannot be a result.</exception>
    internal static string Letter => Numbers.LetterOf(typeof(T))?.ToString()
        ?? throw new NotSupportedException($"{typeof(T)} cannot be a result: use int, uint, long, ulong, float or double");

    internal static T Read(uint* slots) => Unsafe.ReadUnaligned<T>(slots);

    internal static void Write(uint* slots, T value) => Unsafe.WriteUnaligned(slots, value);
}
