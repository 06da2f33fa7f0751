// SPDX-License-Identifier: MIT
// Square roots, correctly rounded, bit by bit: what a processor without the instruction would otherwise need a maths library for.
#include <stdint.h>

enum { FRACTION = 52, BIAS = 1023, INFINITE = 2047 };

double sqrt(double value)
{
    uint64_t bits;
    __builtin_memcpy(&bits, &value, sizeof bits);
    int exponent = (int)(bits >> FRACTION);
    if (bits << 1 == 0) return value; // zeros keep their sign
    if (exponent > INFINITE) return (value - value) / (value - value); // below zero: not a number
    if (exponent == INFINITE) return value + value;
    uint64_t rest = bits & ((1ull << FRACTION) - 1);
    if (exponent != 0) rest |= 1ull << FRACTION;
    else {
        for (exponent = 1; rest >> FRACTION == 0; rest <<= 1) exponent--; // subnormal
    }
    exponent -= BIAS;
    if (exponent & 1) rest <<= 1;
    // Root of rest * 2^54, one bit a step: 53 bits of it and one to round by.
    uint64_t root = 0, sum = 0;
    rest <<= 1;
    for (uint64_t bit = 1ull << (FRACTION + 1); bit != 0; bit >>= 1) {
        uint64_t next = sum + bit;
        if (next <= rest) {
            sum = next + bit;
            rest -= next;
            root += bit;
        }
        rest <<= 1;
    }
    // A remainder means the exact root lies above: the last bit decides, and no root lies just between two numbers.
    if (rest != 0) root += root & 1;
    bits = (root >> 1) + ((uint64_t)((exponent >> 1) + BIAS - 1) << FRACTION);
    __builtin_memcpy(&value, &bits, sizeof value);
    return value;
}

// A double holds twice the bits of a float and two more, so rounding twice is rounding once.
float sqrtf(float value) { return (float)sqrt(value); }
