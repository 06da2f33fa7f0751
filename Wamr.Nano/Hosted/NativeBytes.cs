// SPDX-License-Identifier: MIT
// Bytes outside .NET's heap as spans and text. Sizes in the core are unsigned 32-bit numbers; those of .NET end at half of that.
using System;
using System.Globalization;
using System.Text;

namespace Wamr.Nano;

internal static unsafe class NativeBytes
{
    /// <summary>The bytes as a span.</summary>
    /// <exception cref="InvalidOperationException">There are more bytes than a span can have.</exception>
    internal static Span<byte> Span(byte* bytes, uint count) => count <= int.MaxValue ? new(bytes, (int)count) : throw TooLong(count);

    /// <summary>UTF-8 as text. Invalid bytes become U+FFFD.</summary>
    /// <exception cref="InvalidOperationException">It is longer than a text can be.</exception>
    internal static string Text(byte* utf8, uint length) => Encoding.UTF8.GetString(Span(utf8, length));

    private static InvalidOperationException TooLong(uint count) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{count:N0} bytes do not fit a span, which has {int.MaxValue:N0} at most: take parts of them (NanoMemory.Slice)"));
}
