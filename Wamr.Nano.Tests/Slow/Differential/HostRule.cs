// SPDX-License-Identifier: MIT
// How the host answers functions that no module of a case exports: whatever the engine, the same line in the trace and the same results.
using System;

namespace Wamr.Nano.Tests.Slow.Differential;

internal static class HostRule
{
    /// <summary>Answers a call and records it in the trace.</summary>
    /// <param name="name">Name of the import, without its module's.</param>
    /// <param name="type">By letters: "iI:f".</param>
    /// <param name="arguments">Bits.</param>
    /// <param name="trace">Gets a line.</param>
    /// <returns>Bits of the results: numbers made of the arguments, no NaN, null references.</returns>
    public static ulong[] Answer(string name, string type, ReadOnlySpan<ulong> arguments, Trace trace)
    {
        int colon = type.IndexOf(':');
        trace.Add($"host {name} {Trace.Values(type[..colon], arguments)}");
        ulong sum = (ulong)name.Length;
        for (int n = 0; n < colon; n++) sum = (sum * 31) + Seen(type[n], arguments[n]);
        ulong[] results = new ulong[type.Length - colon - 1];
        for (int n = 0; n < results.Length; n++) results[n] = Result(type[colon + 1 + n], sum + (ulong)n);
        return results;
    }

    /// <summary>What of an argument is the same in all engines.</summary>
    private static ulong Seen(char type, ulong bits) =>
        type is 'n' or 'r' ? Math.Min(bits, 1) : Trace.IsQuiet(type, bits) ? 7 : bits;

    private static ulong Result(char type, ulong sum) => type switch
    {
        'i' => (uint)sum,
        'I' => sum,
        'f' => BitConverter.SingleToUInt32Bits((short)sum),
        'F' => BitConverter.DoubleToUInt64Bits((int)sum),
        _ => 0,
    };
}
