// SPDX-License-Identifier: MIT
// Bit counts and rotations under the names of the .NET library. The C translator maps them to the compiler's own.
namespace System.Numerics;

public static class BitOperations
{
    public static int LeadingZeroCount(uint value)
    {
        if (value == 0) return 32;
        int count = 0;
        for (int half = 16; half != 0; half >>= 1)
        {
            if (value >> (32 - half) != 0) continue;
            value <<= half;
            count += half;
        }
        return count;
    }

    public static int LeadingZeroCount(ulong value)
    {
        uint high = (uint)(value >> 32);
        return high != 0 ? LeadingZeroCount(high) : 32 + LeadingZeroCount((uint)value);
    }

    public static int TrailingZeroCount(uint value) => value == 0 ? 32 : 31 - LeadingZeroCount(value & (0 - value));
    public static int TrailingZeroCount(ulong value) => value == 0 ? 64 : 63 - LeadingZeroCount(value & (0 - value));

    public static int PopCount(uint value)
    {
        value -= value >> 1 & 0x55555555;
        value = (value & 0x33333333) + (value >> 2 & 0x33333333);
        return (int)(((value + (value >> 4)) & 0x0F0F0F0F) * 0x01010101 >> 24);
    }

    public static int PopCount(ulong value) => PopCount((uint)value) + PopCount((uint)(value >> 32));

    public static uint RotateLeft(uint value, int count) => value << count | value >> (32 - count);
    public static ulong RotateLeft(ulong value, int count) => value << count | value >> (64 - count);
    public static uint RotateRight(uint value, int count) => value >> count | value << (32 - count);
    public static ulong RotateRight(ulong value, int count) => value >> count | value << (64 - count);
}
