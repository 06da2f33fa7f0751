// SPDX-License-Identifier: MIT
// Float instructions that are more than an operator (spec chapter 4.3.3), on bits, so that the result is the same on every machine.

// Conversions between widths make a NaN quiet; helpers of a compiler for machines without the unit may not.
#if XIP_HARD_F64
#define quiet32(a) (a)
#define quiet64(a) (a)
#else
HELPER f32 quiet32(f32 a) { return a == a ? a : float32(bits32(a) | 0x00400000u); }
HELPER f64 quiet64(f64 a) { return a == a ? a : float64(bits64(a) | 0x0008000000000000ull); }
#endif

HELPER f32 min32(f32 a, f32 b)
{
    if (a != a) return float32(bits32(a) | 0x00400000u);
    if (b != b) return float32(bits32(b) | 0x00400000u);
    return a == b ? float32(bits32(a) | bits32(b)) : a < b ? a : b;
}

HELPER f32 max32(f32 a, f32 b)
{
    if (a != a) return float32(bits32(a) | 0x00400000u);
    if (b != b) return float32(bits32(b) | 0x00400000u);
    return a == b ? float32(bits32(a) & bits32(b)) : a > b ? a : b;
}

HELPER f64 min64(f64 a, f64 b)
{
    if (a != a) return float64(bits64(a) | 0x0008000000000000ull);
    if (b != b) return float64(bits64(b) | 0x0008000000000000ull);
    return a == b ? float64(bits64(a) | bits64(b)) : a < b ? a : b;
}

HELPER f64 max64(f64 a, f64 b)
{
    if (a != a) return float64(bits64(a) | 0x0008000000000000ull);
    if (b != b) return float64(bits64(b) | 0x0008000000000000ull);
    return a == b ? float64(bits64(a) & bits64(b)) : a > b ? a : b;
}

// Rounds to an integer: 0 towards zero, 1 up, 2 down, 3 to nearest, ties to even.
HELPER f32 round32(f32 value, int mode)
{
    u32 a = bits32(value), sign = a & 0x80000000u, magnitude = a ^ sign;
    if (magnitude > 0x7F800000u) return float32(a | 0x00400000u);
    int shift = 150 - (int)(magnitude >> 23);
    if (shift <= 0 || magnitude == 0) return value;
    u32 unit = shift > 23 ? 0 : 1u << shift, truncated = unit ? magnitude & -unit : 0, rest = magnitude - truncated;
    if (rest == 0) return value;
    int away = mode == 1 ? !sign : mode == 2 ? sign != 0 : 0;
    if (mode == 3)
    {
        if (unit == 0) away = magnitude > 0x3F000000u;
        else away = rest > unit >> 1 || (rest == unit >> 1 && (shift == 23 || (truncated & unit) != 0));
    }
    if (away) truncated = unit ? truncated + unit : 0x3F800000u;
    return float32(sign | truncated);
}

HELPER f64 round64(f64 value, int mode)
{
    u64 a = bits64(value), sign = a & 0x8000000000000000ull, magnitude = a ^ sign;
    if (magnitude > 0x7FF0000000000000ull) return float64(a | 0x0008000000000000ull);
    int shift = 1075 - (int)(magnitude >> 52);
    if (shift <= 0 || magnitude == 0) return value;
    u64 unit = shift > 52 ? 0 : 1ull << shift, truncated = unit ? magnitude & -unit : 0, rest = magnitude - truncated;
    if (rest == 0) return value;
    int away = mode == 1 ? !sign : mode == 2 ? sign != 0 : 0;
    if (mode == 3)
    {
        if (unit == 0) away = magnitude > 0x3FE0000000000000ull;
        else away = rest > unit >> 1 || (rest == unit >> 1 && (shift == 52 || (truncated & unit) != 0));
    }
    if (away) truncated = unit ? truncated + unit : 0x3FF0000000000000ull;
    return float64(sign | truncated);
}

#if XIP_HARD_F32
#define sqrt32(a) ROUNDED32(__builtin_sqrtf(a))
#else
// Digit by digit: the root of the significand, 25 bits with one to round by. What remains decides ties, of which a root has none.
HELPER f32 sqrt32(f32 value)
{
    u32 a = bits32(value);
    if ((a & 0x7FFFFFFFu) > 0x7F800000u) return float32(a | 0x00400000u);
    if (a == 0x7F800000u || (a & 0x7FFFFFFFu) == 0) return value;
    if (a >> 31) return float32(0x7FC00000u);
    int exponent = (int)(a >> 23);
    u32 significand = a & 0x007FFFFFu;
    if (exponent == 0)
    {
        for (exponent = 1; significand < 0x00800000u; exponent--) significand <<= 1;
        significand &= 0x007FFFFFu;
    }
    exponent -= 127;
    u64 rest = (u64)(significand | 0x00800000u) << (exponent & 1 ? 26 : 25), root = 0;
    for (u64 bit = 1ull << 48; ; )
    {
        if (rest >= root + bit) { rest -= root + bit; root = (root >> 1) + bit; }
        else root >>= 1;
        if ((bit >>= 2) == 0) break;
    }
    u32 rounded = (u32)((root + 1) >> 1);
    return float32(((u32)((exponent >> 1) + 126) << 23) + rounded);
}
#endif

#if XIP_HARD_F64
#define sqrt64(a) ROUNDED64(__builtin_sqrt(a))
#else
HELPER f64 sqrt64(f64 value)
{
    u64 a = bits64(value);
    if ((a & 0x7FFFFFFFFFFFFFFFull) > 0x7FF0000000000000ull) return float64(a | 0x0008000000000000ull);
    if (a == 0x7FF0000000000000ull || (a & 0x7FFFFFFFFFFFFFFFull) == 0) return value;
    if (a >> 63) return float64(0x7FF8000000000000ull);
    int exponent = (int)(a >> 52);
    u64 significand = a & 0x000FFFFFFFFFFFFFull;
    if (exponent == 0)
    {
        for (exponent = 1; significand < 0x0010000000000000ull; exponent--) significand <<= 1;
        significand &= 0x000FFFFFFFFFFFFFull;
    }
    exponent -= 1023;
    significand |= 0x0010000000000000ull;
    if (exponent & 1) significand <<= 1;
    // 54 bits of root, two bits of the significand a step, zeroes behind its end.
    u64 rest = 0, root = 0;
    for (int step = 0, at = 52; step < 54; step++, at -= 2)
    {
        rest = rest << 2 | (at >= 0 ? significand >> at & 3 : 0);
        u64 trial = root << 2 | 1;
        root <<= 1;
        if (rest >= trial) { rest -= trial; root |= 1; }
    }
    u64 rounded = (root + 1) >> 1;
    return float64(((u64)((exponent >> 1) + 1022) << 52) + rounded);
}
#endif
