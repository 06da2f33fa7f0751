// SPDX-License-Identifier: MIT
// Multiplication and division that the LX106 has no instructions for. Chips of this core have them in ROM, so its compiler brings none.
#include <stdint.h>

uint32_t __udivsi3(uint32_t a, uint32_t b);
uint32_t __umodsi3(uint32_t a, uint32_t b);
int32_t __divsi3(int32_t a, int32_t b);
uint64_t __umulsidi3(uint32_t a, uint32_t b);
uint64_t __muldi3(uint64_t a, uint64_t b);
uint64_t __udivdi3(uint64_t a, uint64_t b);
uint64_t __umoddi3(uint64_t a, uint64_t b);
int64_t __divdi3(int64_t a, int64_t b);

// Quotient, one bit a step; what is left of *a is the remainder. A divisor of 0 gives all ones, as the runtime never asks for it.
static uint32_t divide32(uint32_t *a, uint32_t b)
{
    uint32_t quotient = 0, rest = 0;
    for (int i = 31; i >= 0; i--) {
        rest = rest << 1 | (*a >> i & 1);
        if (rest >= b) {
            rest -= b;
            quotient |= 1u << i;
        }
    }
    *a = rest;
    return quotient;
}

static uint64_t divide64(uint64_t *a, uint64_t b)
{
    uint64_t quotient = 0, rest = *a;
    int shift = 0;
    if (b == 0) return ~0ull;
    for (; (int64_t)b > 0 && b < rest; shift++) b <<= 1;
    for (; shift >= 0; shift--, b >>= 1) {
        quotient <<= 1;
        if (rest >= b) {
            rest -= b;
            quotient |= 1;
        }
    }
    *a = rest;
    return quotient;
}

uint32_t __udivsi3(uint32_t a, uint32_t b) { return divide32(&a, b); }

uint32_t __umodsi3(uint32_t a, uint32_t b)
{
    divide32(&a, b);
    return a;
}

int32_t __divsi3(int32_t a, int32_t b)
{
    uint32_t x = a < 0 ? -(uint32_t)a : (uint32_t)a, y = b < 0 ? -(uint32_t)b : (uint32_t)b;
    uint32_t quotient = divide32(&x, y);
    return (int32_t)((a ^ b) < 0 ? -quotient : quotient);
}

uint64_t __umulsidi3(uint32_t a, uint32_t b)
{
    uint32_t low = (a & 0xFFFF) * (b & 0xFFFF), high = (a >> 16) * (b >> 16);
    uint32_t middle = (a >> 16) * (b & 0xFFFF) + (low >> 16), other = (a & 0xFFFF) * (b >> 16) + (middle & 0xFFFF);
    return (uint64_t)(high + (middle >> 16) + (other >> 16)) << 32 | (other << 16 | (low & 0xFFFF));
}

uint64_t __muldi3(uint64_t a, uint64_t b)
{
    uint32_t cross = (uint32_t)a * (uint32_t)(b >> 32) + (uint32_t)(a >> 32) * (uint32_t)b;
    return __umulsidi3((uint32_t)a, (uint32_t)b) + ((uint64_t)cross << 32);
}

uint64_t __udivdi3(uint64_t a, uint64_t b) { return divide64(&a, b); }

uint64_t __umoddi3(uint64_t a, uint64_t b)
{
    divide64(&a, b);
    return a;
}

int64_t __divdi3(int64_t a, int64_t b)
{
    uint64_t x = a < 0 ? -(uint64_t)a : (uint64_t)a, y = b < 0 ? -(uint64_t)b : (uint64_t)b;
    uint64_t quotient = divide64(&x, y);
    return (int64_t)((a ^ b) < 0 ? -quotient : quotient);
}
