// SPDX-License-Identifier: MIT
// What compilers call on machines without the instructions: wide integers, floats. In place of the compiler's own library where that
// is not position independent. Every function is one the compiler may ask for by name; those it does not ask for are left out when linking.
typedef unsigned int u32;
typedef int s32;
typedef unsigned long long u64;
typedef long long s64;

// Leading zeroes of a number of that many bits, which is not 0.
static int zeroes(u64 v, int width)
{
    int n = 0;
    u32 high = (u32)(v >> 32), part = high ? high : (u32)v;
    if (!high) n = 32;
    for (int step = 16; step; step >>= 1)
        if (!(part >> (32 - step))) { part <<= step; n += step; }
    return n - (64 - width);
}

// The integers of Arm's library are position independent.
#if !XIP_EABI
u32 __clzsi2(u32 v) { return v ? (u32)zeroes(v, 32) : 32; }
u32 __ctzsi2(u32 v) { return v ? 31 - (u32)zeroes(v & -v, 32) : 32; }

#if XIP_INTEGERS
// The machine divides nothing: one bit a step.
u32 __udivsi3(u32 a, u32 b);
static u32 divide32(u32 a, u32 b, u32 *rest)
{
    u32 q = 0, r = 0;
    if (b > a) { *rest = a; return 0; }
    int shift = zeroes(b, 32) - zeroes(a, 32);
    r = a;
    b <<= shift;
    for (; shift >= 0; shift--, b >>= 1)
    {
        q <<= 1;
        if (r >= b) { r -= b; q |= 1; }
    }
    *rest = r;
    return q;
}

u32 __udivsi3(u32 a, u32 b) { u32 r; return divide32(a, b, &r); }
u32 __umodsi3(u32 a, u32 b) { u32 r; divide32(a, b, &r); return r; }

s32 __divsi3(s32 a, s32 b)
{
    u32 r, q = divide32(a < 0 ? -(u32)a : (u32)a, b < 0 ? -(u32)b : (u32)b, &r);
    return (s32)((a ^ b) < 0 ? -q : q);
}

s32 __modsi3(s32 a, s32 b)
{
    u32 r;
    divide32(a < 0 ? -(u32)a : (u32)a, b < 0 ? -(u32)b : (u32)b, &r);
    return (s32)(a < 0 ? -r : r);
}
#endif

static u64 divide64(u64 a, u64 b, u64 *rest)
{
    u64 q = 0;
    if (b > a) { *rest = a; return 0; }
    if (!(a >> 32)) { *rest = (u32)a % (u32)b; return (u32)a / (u32)b; }
    int shift = zeroes(b, 64) - zeroes(a, 64);
    b <<= shift;
    for (; shift >= 0; shift--, b >>= 1)
    {
        q <<= 1;
        if (a >= b) { a -= b; q |= 1; }
    }
    *rest = a;
    return q;
}

u64 __udivdi3(u64 a, u64 b) { u64 r; return divide64(a, b, &r); }
u64 __umoddi3(u64 a, u64 b) { u64 r; divide64(a, b, &r); return r; }

s64 __divdi3(s64 a, s64 b)
{
    u64 r, q = divide64(a < 0 ? -(u64)a : (u64)a, b < 0 ? -(u64)b : (u64)b, &r);
    return (s64)((a ^ b) < 0 ? -q : q);
}

s64 __moddi3(s64 a, s64 b)
{
    u64 r;
    divide64(a < 0 ? -(u64)a : (u64)a, b < 0 ? -(u64)b : (u64)b, &r);
    return (s64)(a < 0 ? -r : r);
}

#endif

// 32 x 32 bits, of which the compiler makes single multiplications, by halves where there is no such instruction.
static u64 wide(u32 a, u32 b)
{
#if XIP_INTEGERS
    u32 al = a & 0xFFFF, ah = a >> 16, bl = b & 0xFFFF, bh = b >> 16;
    u32 low = al * bl, m = ah * bl + (low >> 16), n = al * bh + (m & 0xFFFF);
    return (u64)(ah * bh + (m >> 16) + (n >> 16)) << 32 | (n << 16 | (low & 0xFFFF));
#else
    return (u64)a * b;
#endif
}

#if !XIP_EABI
u64 __muldi3(u64 a, u64 b)
{
    u32 al = (u32)a, bl = (u32)b;
    return wide(al, bl) + ((u64)(al * (u32)(b >> 32) + (u32)(a >> 32) * bl) << 32);
}

u64 __ashldi3(u64 v, int n)
{
    u32 low = (u32)v, high = (u32)(v >> 32);
    if (n == 0) return v;
    return n >= 32 ? (u64)(low << (n - 32)) << 32 : (u64)(high << n | low >> (32 - n)) << 32 | low << n;
}

u64 __lshrdi3(u64 v, int n)
{
    u32 low = (u32)v, high = (u32)(v >> 32);
    if (n == 0) return v;
    return n >= 32 ? high >> (n - 32) : (u64)(high >> n) << 32 | (low >> n | high << (32 - n));
}

s64 __ashrdi3(s64 v, int n)
{
    u32 low = (u32)v;
    s32 high = (s32)(v >> 32);
    if (n == 0) return v;
    return n >= 32 ? (s64)(high >> (n - 32)) : (s64)((u64)(u32)(high >> n) << 32 | (low >> n | (u32)high << (32 - n)));
}

#endif

// The upper half of a product, its last bit set where anything below it was not 0.
static u32 f32_high(u32 a, u32 b)
{
    u64 p = wide(a, b);
    return (u32)(p >> 32) | ((u32)p != 0);
}

static u64 f64_high(u64 a, u64 b)
{
    u32 al = (u32)a, ah = (u32)(a >> 32), bl = (u32)b, bh = (u32)(b >> 32);
    u64 low = wide(al, bl), m = wide(ah, bl) + (low >> 32), n = wide(al, bh) + (u32)m;
    return (wide(ah, bh) + (m >> 32) + (n >> 32)) | ((u32)low != 0 || (u32)n != 0);
}

// Names of operations: the compiler's __adddf3, __fixdfsi, __ltdf2; those that are not its own begin with the type.
#define F32_add __addsf3
#define F32_sub __subsf3
#define F32_mul __mulsf3
#define F32_div __divsf3
#define F32_unord __unordsf2
#define F32_eq __eqsf2
#define F32_ne __nesf2
#define F32_lt __ltsf2
#define F32_le __lesf2
#define F32_gt __gtsf2
#define F32_ge __gesf2
#define F32_fixsi __fixsfsi
#define F32_fixunssi __fixunssfsi
#define F32_fixdi __fixsfdi
#define F32_fixunsdi __fixunssfdi
#define F32_floatsi __floatsisf
#define F32_floatunsi __floatunsisf
#define F32_floatdi __floatdisf
#define F32_floatundi __floatundisf
#define F32_open f32_open
#define F32_sticky f32_sticky
#define F32_close f32_close
#define F32_high f32_high
#define F32_compare f32_compare
#define F32_whole f32_whole
#define F32_number f32_number
#define F64_add __adddf3
#define F64_sub __subdf3
#define F64_mul __muldf3
#define F64_div __divdf3
#define F64_unord __unorddf2
#define F64_eq __eqdf2
#define F64_ne __nedf2
#define F64_lt __ltdf2
#define F64_le __ledf2
#define F64_gt __gtdf2
#define F64_ge __gedf2
#define F64_fixsi __fixdfsi
#define F64_fixunssi __fixunsdfsi
#define F64_fixdi __fixdfdi
#define F64_fixunsdi __fixunsdfdi
#define F64_floatsi __floatsidf
#define F64_floatunsi __floatunsidf
#define F64_floatdi __floatdidf
#define F64_floatundi __floatundidf
#define F64_open f64_open
#define F64_sticky f64_sticky
#define F64_close f64_close
#define F64_high f64_high
#define F64_compare f64_compare
#define F64_whole f64_whole
#define F64_number f64_number

#define T u32
#define DIGITS 23
#define BIAS 127
#define NAME(x) F32_##x
#include "float.inc"
#undef T
#undef DIGITS
#undef BIAS
#undef NAME

#define T u64
#define DIGITS 52
#define BIAS 1023
#define NAME(x) F64_##x
#include "float.inc"

u64 __extendsfdf2(u32 a)
{
    u32 x = a & 0x7FFFFFFF;
    u64 sign = (u64)(a & 0x80000000) << 32;
    if (x > 0x7F800000) return sign | (u64)(x | 0x00400000) << 29 | 0x7FF0000000000000;
    if (x == 0x7F800000) return sign | 0x7FF0000000000000;
    if (x == 0) return sign;
    int e;
    u64 m = f32_open(x, &e);
    return sign | (((u64)(e + 1023 - 127 - 1) << 52) + (m << 29));
}

u32 __truncdfsf2(u64 a)
{
    u64 x = a & 0x7FFFFFFFFFFFFFFF;
    u32 sign = (u32)(a >> 32) & 0x80000000;
    if (x > 0x7FF0000000000000) return sign | 0x7FC00000 | ((u32)(x >> 29) & 0x003FFFFF);
    if (x == 0x7FF0000000000000) return sign | 0x7F800000;
    if (x == 0) return sign;
    int e;
    u64 m = f64_open(x, &e);
    return f32_close(sign, e - 1023 + 127, (u32)f64_sticky(m, 26));
}

// The same under the names of the Arm run-time ABI.
#if XIP_EABI
#define EABI(t, p, T) \
    T __aeabi_##t##add(T a, T b) { return p##_add(a, b); } \
    T __aeabi_##t##sub(T a, T b) { return p##_sub(a, b); } \
    T __aeabi_##t##mul(T a, T b) { return p##_mul(a, b); } \
    T __aeabi_##t##div(T a, T b) { return p##_div(a, b); } \
    int __aeabi_##t##cmpeq(T a, T b) { return p##_compare(a, b, 1) == 0; } \
    int __aeabi_##t##cmplt(T a, T b) { return p##_compare(a, b, 1) < 0; } \
    int __aeabi_##t##cmple(T a, T b) { return p##_compare(a, b, 1) <= 0; } \
    int __aeabi_##t##cmpgt(T a, T b) { return p##_compare(a, b, -1) > 0; } \
    int __aeabi_##t##cmpge(T a, T b) { return p##_compare(a, b, -1) >= 0; } \
    int __aeabi_##t##cmpun(T a, T b) { return p##_unord(a, b); } \
    u32 __aeabi_##t##2iz(T a) { return p##_fixsi(a); } \
    u32 __aeabi_##t##2uiz(T a) { return p##_fixunssi(a); } \
    u64 __aeabi_##t##2lz(T a) { return p##_fixdi(a); } \
    u64 __aeabi_##t##2ulz(T a) { return p##_fixunsdi(a); } \
    T __aeabi_i2##t(s32 a) { return p##_floatsi(a); } \
    T __aeabi_ui2##t(u32 a) { return p##_floatunsi(a); } \
    T __aeabi_l2##t(s64 a) { return p##_floatdi(a); } \
    T __aeabi_ul2##t(u64 a) { return p##_floatundi(a); }
EABI(f, F32, u32)
EABI(d, F64, u64)
u64 __aeabi_f2d(u32 a) { return __extendsfdf2(a); }
u32 __aeabi_d2f(u64 a) { return __truncdfsf2(a); }
#endif
