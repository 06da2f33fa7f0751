// SPDX-License-Identifier: MIT
// Measures how deep the native stack was used: paints it with a pattern first, and looks for the lowest overwritten byte afterwards.
using System.Runtime.CompilerServices;

namespace Wamr.Nano.Boards;

internal static unsafe class StackPaint
{
    private const byte Colour = 0xA5;

    /// <summary>Bytes below a local that may still belong to the frame of its function, and to what it calls.</summary>
    private const uint Frame = 64;

    /// <summary>Paints the stack from its end to just below the caller.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void Paint()
    {
        byte here;
        byte* limit = RunPlan.Get()->StackLimit;
        Raw.Fill(limit, Colour, (uint)(&here - limit) - Frame);
    }

    /// <summary>
    /// The bytes from about the caller's frame down to the lowest byte that was written since <see cref="Paint"/>; at least the part that
    /// was not painted.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static uint Used()
    {
        byte here;
        return (uint)(&here - Lowest());
    }

    /// <summary>The lowest byte that lost its paint.</summary>
    internal static byte* Lowest()
    {
        byte* at = RunPlan.Get()->StackLimit;
        while (*at == Colour) at++;
        return at;
    }
}
