// SPDX-License-Identifier: MIT
// Names as C has them.
namespace Wamr.Nano.Embedding;

internal static unsafe class Text
{
    /// <summary>Bytes before the zero.</summary>
    internal static uint Length(byte* text)
    {
        uint length = 0;
        while (text[length] != 0) length++;
        return length;
    }
}
