// SPDX-License-Identifier: MIT
// What a .NET type is as a parameter: one value, or an address and a length that stand for text or bytes in the app's memory.
#pragma warning disable CS8500 // Addresses of spans: .NET 8 has no other way from a span to a type parameter.
using System;
using System.Runtime.CompilerServices;
using System.Text;

namespace Wamr.Nano;

/// <summary>
/// A type as a parameter, of a host function or of a function of the app. The compiler folds the tests on types: of a number nothing but a
/// load or a store is left.
/// </summary>
/// <typeparam name="T">
/// int, uint, long, ulong, float, double, string, byte[], a span of bytes; of a host function also its caller.
/// </typeparam>
internal static unsafe class Parameter<T>
    where T : allows ref struct
{
    /// <summary>Whether it lies in the app's memory.</summary>
    internal static bool IsBytes => typeof(T) == typeof(string) || typeof(T) == typeof(byte[])
        || typeof(T) == typeof(ReadOnlySpan<byte>) || typeof(T) == typeof(Span<byte>);

    /// <summary>Its letters in the signature of a host function.</summary>
    /// <exception cref="NotSupportedException">It cannot be a parameter.</exception>
    internal static string Host => typeof(T) == typeof(NanoCaller) ? "" : App;

    /// <summary>Its letters in the signature of a function of the app.</summary>
    /// <exception cref="NotSupportedException">It cannot be a parameter.</exception>
    internal static string App => IsBytes ? "*~" : Numbers.LetterOf(typeof(T))?.ToString() ?? throw new NotSupportedException(
        $"{typeof(T)} cannot be a parameter: use int, uint, long, ulong, float, double, string, byte[], Span<byte> or ReadOnlySpan<byte>");

    /// <summary>Reads the argument at <paramref name="slots"/>, whose addresses were checked, and moves behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Read(NanoCaller caller, scoped ref uint* slots)
    {
        if (typeof(T) == typeof(NanoCaller)) return Unsafe.ReadUnaligned<T>(&caller);
        if (IsBytes) return ReadBytes(caller, ref slots);
        uint* at = slots;
        slots += Unsafe.SizeOf<T>() / sizeof(uint);
        return Unsafe.ReadUnaligned<T>(at);
    }

    /// <summary>The bytes of an argument; of a string none, and <paramref name="text"/> is what has to be encoded.</summary>
    internal static ReadOnlySpan<byte> Bytes(T value, out string? text)
    {
        text = typeof(T) == typeof(string) ? Unsafe.As<T, string>(ref value) ?? throw new ArgumentNullException(nameof(value)) : null;
        if (text != null) return default;
        if (typeof(T) == typeof(byte[])) return Unsafe.As<T, byte[]>(ref value) ?? throw new ArgumentNullException(nameof(value));
        return typeof(T) == typeof(Span<byte>) ? *(Span<byte>*)&value : *(ReadOnlySpan<byte>*)&value;
    }

    private static T ReadBytes(NanoCaller caller, scoped ref uint* slots)
    {
        Span<byte> bytes = caller.Memory.Slice(slots[0], slots[1]);
        slots += 2;
        if (typeof(T) == typeof(Span<byte>)) return Unsafe.ReadUnaligned<T>(&bytes);
        ReadOnlySpan<byte> fixedBytes = bytes;
        if (typeof(T) == typeof(ReadOnlySpan<byte>)) return Unsafe.ReadUnaligned<T>(&fixedBytes);
        object copy = typeof(T) == typeof(string) ? Encoding.UTF8.GetString(bytes) : bytes.ToArray();
        return Unsafe.As<object, T>(ref copy);
    }
}

/// <summary>.NET numbers as WebAssembly types.</summary>
internal static class Numbers
{
    /// <summary>Letter of a number's type in a signature; null if it is not one.</summary>
    internal static char? LetterOf(Type type) =>
        type == typeof(int) || type == typeof(uint) ? 'i'
        : type == typeof(long) || type == typeof(ulong) ? 'I'
        : type == typeof(float) ? 'f'
        : type == typeof(double) ? 'F' : null;
}
