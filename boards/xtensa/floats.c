// SPDX-License-Identifier: MIT
// IEEE 754 arithmetic in integers, rounded to nearest even, subnormals and all: the LX106 has no FPU, its compiler no library for one.
#include <stdint.h>

enum { FRACTION = 52, BIAS = 1023, INFINITE = 2047, GUARD = 10 };

#define SIGN (1ull << 63)
#define HIDDEN (1ull << FRACTION)
#define INFINITY_BITS ((uint64_t)INFINITE << FRACTION)
#define NAN_BITS (INFINITY_BITS | HIDDEN >> 1)

// A finite number: fraction with the hidden bit at bit 62 (0 for zero), exponent so that bit 62 weighs 2^(exponent - BIAS).
struct number {
    uint64_t sign, fraction;
    int exponent;
};

static uint64_t bits_of(double value)
{
    uint64_t bits;
    __builtin_memcpy(&bits, &value, sizeof bits);
    return bits;
}

static double value_of(uint64_t bits)
{
    double value;
    __builtin_memcpy(&value, &bits, sizeof value);
    return value;
}

static int is_nan(uint64_t bits) { return (bits & ~SIGN) > INFINITY_BITS; }
static int is_infinite(uint64_t bits) { return (bits & ~SIGN) == INFINITY_BITS; }
static int is_zero(uint64_t bits) { return bits << 1 == 0; }

static struct number normalize(struct number n)
{
    for (; n.fraction != 0 && n.fraction >> 62 == 0; n.exponent--) n.fraction <<= 1;
    return n;
}

static struct number unpack(uint64_t bits)
{
    int exponent = (int)(bits >> FRACTION) & INFINITE;
    uint64_t fraction = bits & (HIDDEN - 1);
    if (exponent != 0) fraction |= HIDDEN;
    else exponent = 1;
    return normalize((struct number){bits & SIGN, fraction << GUARD, exponent});
}

// Shifts right; bits that fall out stay behind as a 1 in the last place.
static uint64_t shift_sticky(uint64_t value, int by) { return by > 63 ? value != 0 : by <= 0 ? value : value >> by | (value << (64 - by) != 0); }

// Rounds to nearest, ties to even. The fraction's bit 62 is set, or it is zero.
static uint64_t pack(struct number n)
{
    if (n.fraction == 0) return n.sign;
    if (n.exponent <= 0) {
        n.fraction = shift_sticky(n.fraction, 1 - n.exponent);
        n.exponent = 0;
    }
    else n.exponent--; // the hidden bit adds 1
    uint64_t rest = n.fraction & ((1 << GUARD) - 1), half = 1 << (GUARD - 1);
    uint64_t result = ((uint64_t)n.exponent << FRACTION) + (n.fraction >> GUARD);
    if (n.exponent >= INFINITE - 1) return n.sign | INFINITY_BITS;
    result += rest > half || (rest == half && result & 1);
    return n.sign | result;
}

double __adddf3(double x, double y)
{
    uint64_t a = bits_of(x), b = bits_of(y);
    if (is_nan(a) || is_nan(b) || (is_infinite(a) && is_infinite(b) && a != b)) return value_of(NAN_BITS);
    if (is_infinite(a) || is_infinite(b)) return is_infinite(a) ? x : y;
    if ((a & ~SIGN) < (b & ~SIGN)) {
        uint64_t swap = a;
        a = b;
        b = swap;
    }
    struct number large = unpack(a), small = unpack(b);
    if (small.fraction == 0) return large.fraction == 0 ? value_of(a & b) : value_of(a);
    // One bit of room for the carry.
    large.fraction = large.fraction >> 1 | (large.fraction & 1);
    small.fraction = shift_sticky(small.fraction, large.exponent - small.exponent + 1);
    large.exponent++;
    large.fraction = large.sign == small.sign ? large.fraction + small.fraction : large.fraction - small.fraction;
    return value_of(large.fraction == 0 ? 0 : pack(normalize(large)));
}

double __subdf3(double x, double y) { return __adddf3(x, value_of(bits_of(y) ^ SIGN)); }

double __muldf3(double x, double y)
{
    uint64_t a = bits_of(x), b = bits_of(y), sign = (a ^ b) & SIGN;
    if (is_nan(a) || is_nan(b) || (is_infinite(a) && is_zero(b)) || (is_zero(a) && is_infinite(b))) return value_of(NAN_BITS);
    if (is_infinite(a) || is_infinite(b)) return value_of(sign | INFINITY_BITS);
    struct number p = unpack(a), q = unpack(b);
    // Upper half of the product of 63 bits each: bit 60 or 61 is its first.
    uint32_t p1 = (uint32_t)(p.fraction >> 32), p0 = (uint32_t)p.fraction, q1 = (uint32_t)(q.fraction >> 32), q0 = (uint32_t)q.fraction;
    uint64_t low = (uint64_t)p0 * q0, m = (uint64_t)p1 * q0 + (low >> 32), n = (uint64_t)p0 * q1 + (uint32_t)m;
    uint64_t high = (uint64_t)p1 * q1 + (m >> 32) + (n >> 32), rest = (uint32_t)low | (uint32_t)n;
    struct number product = {sign, high | (rest != 0), p.exponent + q.exponent - BIAS + 2};
    return value_of(pack(normalize(product)));
}

double __divdf3(double x, double y)
{
    uint64_t a = bits_of(x), b = bits_of(y), sign = (a ^ b) & SIGN;
    if (is_nan(a) || is_nan(b) || (is_infinite(a) && is_infinite(b)) || (is_zero(a) && is_zero(b))) return value_of(NAN_BITS);
    if (is_infinite(a) || is_zero(b)) return value_of(sign | INFINITY_BITS);
    if (is_zero(a) || is_infinite(b)) return value_of(sign);
    struct number p = unpack(a), q = unpack(b);
    uint64_t quotient = 0;
    for (int i = 0; i < 63; i++) {
        quotient <<= 1;
        if (p.fraction >= q.fraction) {
            p.fraction -= q.fraction;
            quotient |= 1;
        }
        p.fraction <<= 1;
    }
    struct number result = {sign, quotient | (p.fraction != 0), p.exponent - q.exponent + BIAS};
    return value_of(pack(normalize(result)));
}

double __extendsfdf2(float x)
{
    uint32_t bits;
    __builtin_memcpy(&bits, &x, sizeof bits);
    uint64_t sign = (uint64_t)(bits >> 31) << 63, fraction = (uint64_t)(bits & 0x7FFFFF) << (FRACTION - 23);
    int exponent = (int)(bits >> 23 & 0xFF);
    if (exponent == 0xFF) return value_of(sign | INFINITY_BITS | fraction | (fraction != 0 ? HIDDEN >> 1 : 0));
    if (exponent != 0) return value_of(sign | ((uint64_t)(exponent - 127 + BIAS) << FRACTION | fraction));
    return value_of(pack(normalize((struct number){sign, fraction << GUARD, 1 - 127 + BIAS})));
}

float __truncdfsf2(double x)
{
    uint64_t a = bits_of(x);
    uint32_t bits = (uint32_t)(a >> 63) << 31;
    struct number n = unpack(a);
    int exponent = n.exponent - BIAS + 127;
    if (is_nan(a)) bits |= 0x7FC00000u | ((uint32_t)(a >> (FRACTION - 23)) & 0x7FFFFF);
    else if (exponent >= 0xFF || is_infinite(a)) bits |= 0x7F800000u;
    else if (n.fraction != 0) {
        const int guard = 62 - 23;
        if (exponent <= 0) {
            n.fraction = shift_sticky(n.fraction, 1 - exponent);
            exponent = 1;
        }
        uint64_t rest = n.fraction & ((1ull << guard) - 1), half = 1ull << (guard - 1);
        uint32_t result = ((uint32_t)(exponent - 1) << 23) + (uint32_t)(n.fraction >> guard);
        result += rest > half || (rest == half && result & 1);
        bits |= result;
    }
    float value;
    __builtin_memcpy(&value, &bits, sizeof value);
    return value;
}

// A double holds twice the bits of a float and two more, so rounding twice is rounding once.
float __addsf3(float x, float y) { return __truncdfsf2(__adddf3(__extendsfdf2(x), __extendsfdf2(y))); }
float __subsf3(float x, float y) { return __truncdfsf2(__subdf3(__extendsfdf2(x), __extendsfdf2(y))); }
float __mulsf3(float x, float y) { return __truncdfsf2(__muldf3(__extendsfdf2(x), __extendsfdf2(y))); }
float __divsf3(float x, float y) { return __truncdfsf2(__divdf3(__extendsfdf2(x), __extendsfdf2(y))); }

double __floatsidf(int x)
{
    uint64_t magnitude = x < 0 ? -(uint64_t)x : (uint64_t)x;
    return value_of(pack(normalize((struct number){x < 0 ? SIGN : 0, magnitude, BIAS + 62})));
}

float __floatsisf(int x) { return __truncdfsf2(__floatsidf(x)); }
