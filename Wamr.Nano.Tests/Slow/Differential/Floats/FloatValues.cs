// SPDX-License-Identifier: MIT
// Floats that are worth being an operand: NaNs of all kinds, ends of ranges, ties of roundings, and any bits.
using System;
using System.Linq;

namespace Wamr.Nano.Tests.Slow.Differential.Floats;

/// <param name="random">Decides.</param>
/// <param name="canonical">
/// NaNs are canonical: then those of the results must be, too. Otherwise there are signalling ones and payloads.
/// </param>
internal sealed class FloatValues(Random random, bool canonical)
{
    private static readonly ulong[] s_canonical = [0x7FF8000000000000, 0xFFF8000000000000];
    private static readonly ulong[] s_other =
        [0x7FF0000000000001, 0xFFF4000000000000, 0x7FF8000000000001, 0xFFFC0DE000000000, 0x7FF7FFFFFFFFFFFF];
    private static readonly uint[] s_canonical32 = [0x7FC00000, 0xFFC00000];
    private static readonly uint[] s_other32 = [0x7F800001, 0xFFA00000, 0x7FC00001, 0xFFE0C0DE, 0x7FBFFFFF];

    /// <summary>Also where they are demoted: ties between floats, between subnormal ones, at the end of the range.</summary>
    private static readonly double[] s_doubles =
    [
        0, -0.0, 1, -1, 0.5, -1.5, 2.5, 3, 0.1, -0.3, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.MinValue,
        double.Epsilon, -double.Epsilon, 2.2250738585072009e-308, 2.2250738585072014e-308, 1e300, 1e-300, 16777217, 16777219,
        1.0000000596046448,
        3.4028235677973366e38, 3.4028235677973362e38, 7.006492321624085e-46, 7.0064923216240862e-46, 1.1754943508222875e-38, 2147483647.9,
        -2147483648.9, -2147483649, 4294967295.9, -0.9999999999999999, 9007199254740993, 9223372036854774784, 9223372036854775808,
        18446744073709549568, 18446744073709551616.0, 1.0000000000000002, 0.9999999999999999,
    ];

    private static readonly float[] s_floats =
    [
        0, -0f, 1, -1, 0.5f, -1.5f, 2.5f, 3, 0.1f, -0.3f, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue,
        float.Epsilon, -float.Epsilon, 1.1754942e-38f, 1.17549435e-38f, 1e30f, 1e-30f, 16777215, 16777216, 8388609.5f, 4194304.5f,
        2147483520, -2147483648, 4294967040, 9.223371e18f, 9.2233720e18f, 1.8446743e19f, 1.8446744e19f, -0.99999994f, 1.0000001f,
        0.99999994f,
    ];

    private static readonly ulong[] s_special =
        [.. s_doubles.Select(BitConverter.DoubleToUInt64Bits), .. s_canonical, .. s_other];
    private static readonly uint[] s_special32 = [.. s_floats.Select(BitConverter.SingleToUInt32Bits), .. s_canonical32, .. s_other32];

    /// <summary>Bits of a float of type f or F, or of an integer of type i or I.</summary>
    public ulong Next(char type) => type switch
    {
        'f' => Single(),
        'F' => Double(),
        'i' => (uint)random.NextInt64() >> random.Next(32),
        _ => (ulong)random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64),
    };

    private ulong Double()
    {
        ulong bits = (ulong)random.NextInt64(long.MinValue, long.MaxValue);
        bits = random.Next(6) switch
        {
            0 => bits,
            // Near 1, where sums cancel; in the range of floats; with few digits.
            1 => (bits & 0x800FFFFFFFFFFFFF) | ((ulong)random.Next(1020, 1027) << 52),
            2 => (bits & 0x800FFFFFFFFFFFFF) | ((ulong)random.Next(1023 - 150, 1023 + 129) << 52),
            3 => BitConverter.DoubleToUInt64Bits((int)bits / 256.0),
            _ => s_special[random.Next(s_special.Length)],
        };
        return canonical && double.IsNaN(BitConverter.UInt64BitsToDouble(bits)) ? s_canonical[random.Next(2)] : bits;
    }

    private ulong Single()
    {
        uint bits = (uint)random.NextInt64();
        bits = random.Next(6) switch
        {
            0 => bits,
            1 => (bits & 0x807FFFFF) | ((uint)random.Next(124, 131) << 23),
            2 => bits & 0x80FFFFFF,
            3 => BitConverter.SingleToUInt32Bits((short)bits / 16f),
            _ => s_special32[random.Next(s_special32.Length)],
        };
        return canonical && float.IsNaN(BitConverter.UInt32BitsToSingle(bits)) ? s_canonical32[random.Next(2)] : bits;
    }
}
