// SPDX-License-Identifier: MIT
// One line an instruction (spec chapter 4.3): what a plain instruction of WebAssembly is in C. No undefined behaviour: arithmetic is
// unsigned, shifts are masked, bits of floats move by copying. Operands are names or constants, so using one twice costs nothing.

#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)
#define INLINE static inline __attribute__((always_inline, unused))
#define HELPER static __attribute__((unused))

// Stands before a call, and is no instruction. Compilers merge paths that end alike, calls included. They are told to merge only as much as begins
// with this (see xip/Build/CCompiler.cs), which is alike only where the call is one and the same of the source: so a return address tells which.
#define APART __asm__ volatile("" : : "i"(__LINE__), "i"(sizeof __FILE__))

INLINE u32 bits32(f32 v) { u32 b; __builtin_memcpy(&b, &v, 4); return b; }
INLINE u64 bits64(f64 v) { u64 b; __builtin_memcpy(&b, &v, 8); return b; }
INLINE f32 float32(u32 b) { f32 v; __builtin_memcpy(&v, &b, 4); return v; }
INLINE f64 float64(u64 b) { f64 v; __builtin_memcpy(&v, &b, 8); return v; }

// i32
#define I32Eqz(a) ((u32)((a) == 0))
#define I32Eq(a, b) ((u32)((a) == (b)))
#define I32Ne(a, b) ((u32)((a) != (b)))
#define I32LtS(a, b) ((u32)((s32)(a) < (s32)(b)))
#define I32LtU(a, b) ((u32)((a) < (b)))
#define I32GtS(a, b) ((u32)((s32)(a) > (s32)(b)))
#define I32GtU(a, b) ((u32)((a) > (b)))
#define I32LeS(a, b) ((u32)((s32)(a) <= (s32)(b)))
#define I32LeU(a, b) ((u32)((a) <= (b)))
#define I32GeS(a, b) ((u32)((s32)(a) >= (s32)(b)))
#define I32GeU(a, b) ((u32)((a) >= (b)))
#define I32Clz(a) ((a) ? (u32)__builtin_clz(a) : 32u)
#define I32Ctz(a) ((a) ? (u32)__builtin_ctz(a) : 32u)
#define I32Popcnt(a) popcount32(a)
#define I32Add(a, b) ((a) + (b))
#define I32Sub(a, b) ((a) - (b))
#define I32Mul(a, b) ((a) * (b))
#define I32DivS(a, b) ((u32)((s32)(a) / (s32)(b)))
#define I32DivU(a, b) ((a) / (b))
#define I32RemS(a, b) ((b) == ~0u ? 0u : (u32)((s32)(a) % (s32)(b)))
#define I32RemU(a, b) ((a) % (b))
#define I32And(a, b) ((a) & (b))
#define I32Or(a, b) ((a) | (b))
#define I32Xor(a, b) ((a) ^ (b))
#define I32Shl(a, b) ((a) << ((b) & 31))
#define I32ShrS(a, b) ((u32)((s32)(a) >> ((b) & 31)))
#define I32ShrU(a, b) ((a) >> ((b) & 31))
#define I32Rotl(a, b) ((a) << ((b) & 31) | (a) >> (-(b) & 31))
#define I32Rotr(a, b) ((a) >> ((b) & 31) | (a) << (-(b) & 31))
#define I32Extend8S(a) ((u32)(s32)(s8)(a))
#define I32Extend16S(a) ((u32)(s32)(s16)(a))
#define I32WrapI64(a) ((u32)(a))

// i64
#define I64Eqz(a) ((u32)((a) == 0))
#define I64Eq(a, b) ((u32)((a) == (b)))
#define I64Ne(a, b) ((u32)((a) != (b)))
#define I64LtS(a, b) ((u32)((s64)(a) < (s64)(b)))
#define I64LtU(a, b) ((u32)((a) < (b)))
#define I64GtS(a, b) ((u32)((s64)(a) > (s64)(b)))
#define I64GtU(a, b) ((u32)((a) > (b)))
#define I64LeS(a, b) ((u32)((s64)(a) <= (s64)(b)))
#define I64LeU(a, b) ((u32)((a) <= (b)))
#define I64GeS(a, b) ((u32)((s64)(a) >= (s64)(b)))
#define I64GeU(a, b) ((u32)((a) >= (b)))
#define I64Clz(a) ((u64)((u32)((a) >> 32) ? I32Clz((u32)((a) >> 32)) : 32 + I32Clz((u32)(a))))
#define I64Ctz(a) ((u64)((u32)(a) ? I32Ctz((u32)(a)) : 32 + I32Ctz((u32)((a) >> 32))))
#define I64Popcnt(a) ((u64)(popcount32((u32)(a)) + popcount32((u32)((a) >> 32))))
#define I64Add(a, b) ((a) + (b))
#define I64Sub(a, b) ((a) - (b))
#define I64Mul(a, b) ((a) * (b))
#define I64DivS(a, b) ((u64)((s64)(a) / (s64)(b)))
#define I64DivU(a, b) ((a) / (b))
#define I64RemS(a, b) ((b) == ~0ull ? 0ull : (u64)((s64)(a) % (s64)(b)))
#define I64RemU(a, b) ((a) % (b))
#define I64And(a, b) ((a) & (b))
#define I64Or(a, b) ((a) | (b))
#define I64Xor(a, b) ((a) ^ (b))
#define I64Shl(a, b) ((a) << ((u32)(b) & 63))
#define I64ShrS(a, b) ((u64)((s64)(a) >> ((u32)(b) & 63)))
#define I64ShrU(a, b) ((a) >> ((u32)(b) & 63))
#define I64Rotl(a, b) ((a) << ((u32)(b) & 63) | (a) >> (-(u32)(b) & 63))
#define I64Rotr(a, b) ((a) >> ((u32)(b) & 63) | (a) << (-(u32)(b) & 63))
#define I64Extend8S(a) ((u64)(s64)(s8)(a))
#define I64Extend16S(a) ((u64)(s64)(s16)(a))
#define I64Extend32S(a) ((u64)(s64)(s32)(a))
#define I64ExtendI32S(a) ((u64)(s64)(s32)(a))
#define I64ExtendI32U(a) ((u64)(a))

HELPER u32 popcount32(u32 a)
{
    a -= a >> 1 & 0x55555555;
    a = (a & 0x33333333) + (a >> 2 & 0x33333333);
    return ((a + (a >> 4)) & 0x0F0F0F0F) * 0x01010101 >> 24;
}

// f32
#define F32Eq(a, b) ((u32)((a) == (b)))
#define F32Ne(a, b) ((u32)((a) != (b)))
#define F32Lt(a, b) ((u32)((a) < (b)))
#define F32Gt(a, b) ((u32)((a) > (b)))
#define F32Le(a, b) ((u32)((a) <= (b)))
#define F32Ge(a, b) ((u32)((a) >= (b)))
#define F32Abs(a) float32(bits32(a) & 0x7FFFFFFFu)
#define F32Neg(a) float32(bits32(a) ^ 0x80000000u)
#define F32Copysign(a, b) float32((bits32(a) & 0x7FFFFFFFu) | (bits32(b) & 0x80000000u))
#define F32Add(a, b) ((a) + (b))
#define F32Sub(a, b) ((a) - (b))
#define F32Mul(a, b) ((a) * (b))
#define F32Div(a, b) ((a) / (b))
#define F32Min(a, b) min32(a, b)
#define F32Max(a, b) max32(a, b)
#define F32Ceil(a) round32(a, 1)
#define F32Floor(a) round32(a, 2)
#define F32Trunc(a) round32(a, 0)
#define F32Nearest(a) round32(a, 3)
#define F32Sqrt(a) sqrt32(a)

// f64
#define F64Eq(a, b) ((u32)((a) == (b)))
#define F64Ne(a, b) ((u32)((a) != (b)))
#define F64Lt(a, b) ((u32)((a) < (b)))
#define F64Gt(a, b) ((u32)((a) > (b)))
#define F64Le(a, b) ((u32)((a) <= (b)))
#define F64Ge(a, b) ((u32)((a) >= (b)))
#define F64Abs(a) float64(bits64(a) & 0x7FFFFFFFFFFFFFFFull)
#define F64Neg(a) float64(bits64(a) ^ 0x8000000000000000ull)
#define F64Copysign(a, b) float64((bits64(a) & 0x7FFFFFFFFFFFFFFFull) | (bits64(b) & 0x8000000000000000ull))
#define F64Add(a, b) ((a) + (b))
#define F64Sub(a, b) ((a) - (b))
#define F64Mul(a, b) ((a) * (b))
#define F64Div(a, b) ((a) / (b))
#define F64Min(a, b) min64(a, b)
#define F64Max(a, b) max64(a, b)
#define F64Ceil(a) round64(a, 1)
#define F64Floor(a) round64(a, 2)
#define F64Trunc(a) round64(a, 0)
#define F64Nearest(a) round64(a, 3)
#define F64Sqrt(a) sqrt64(a)

// The compiler must not see that a number was narrower before it was promoted: demoting it again makes a NaN quiet.
INLINE f64 opaque(f64 v)
{
    u64 b = bits64(v);
    __asm__("" : "+r"(b));
    return float64(b);
}

// conversions
#define I32TruncF32S(a) ((u32)(s32)(a))
#define I32TruncF32U(a) ((u32)(a))
#define I32TruncF64S(a) ((u32)(s32)(a))
#define I32TruncF64U(a) ((u32)(a))
#define I64TruncF32S(a) ((u64)(s64)(a))
#define I64TruncF32U(a) ((u64)(a))
#define I64TruncF64S(a) ((u64)(s64)(a))
#define I64TruncF64U(a) ((u64)(a))
#define F32ConvertI32S(a) ((f32)(s32)(a))
#define F32ConvertI32U(a) ((f32)(a))
#define F32ConvertI64S(a) ((f32)(s64)(a))
#define F32ConvertI64U(a) ((f32)(a))
#define F64ConvertI32S(a) ((f64)(s32)(a))
#define F64ConvertI32U(a) ((f64)(a))
#define F64ConvertI64S(a) ((f64)(s64)(a))
#define F64ConvertI64U(a) ((f64)(a))
#define F32DemoteF64(a) quiet32((f32)opaque(a))
#define F64PromoteF32(a) quiet64((f64)(a))
#define I32ReinterpretF32(a) bits32(a)
#define I64ReinterpretF64(a) bits64(a)
#define F32ReinterpretI32(a) float32(a)
#define F64ReinterpretI64(a) float64(a)

// What a conversion to an integer can take: from the first to the last number that truncates into the type, those excluded.
#define INSIDE(a, low, high) ((a) > (low) && (a) < (high))
#define RANGE_I32_F32_S(a) ((a) >= -2147483648.0f && (a) < 2147483648.0f)
#define RANGE_I32_F32_U(a) INSIDE(a, -1.0f, 4294967296.0f)
#define RANGE_I32_F64_S(a) INSIDE(a, -2147483649.0, 2147483648.0)
#define RANGE_I32_F64_U(a) INSIDE(a, -1.0, 4294967296.0)
#define RANGE_I64_F32_S(a) ((a) >= -9223372036854775808.0f && (a) < 9223372036854775808.0f)
#define RANGE_I64_F32_U(a) INSIDE(a, -1.0f, 18446744073709551616.0f)
#define RANGE_I64_F64_S(a) ((a) >= -9223372036854775808.0 && (a) < 9223372036854775808.0)
#define RANGE_I64_F64_U(a) INSIDE(a, -1.0, 18446744073709551616.0)

#define SATURATE(a, inside, converted, least, most) (inside ? converted : (a) < 0 ? least : (a) > 0 ? most : 0)
#define I32TruncSatF32S(a) SATURATE(a, RANGE_I32_F32_S(a), I32TruncF32S(a), 0x80000000u, 0x7FFFFFFFu)
#define I32TruncSatF32U(a) SATURATE(a, RANGE_I32_F32_U(a), I32TruncF32U(a), 0u, 0xFFFFFFFFu)
#define I32TruncSatF64S(a) SATURATE(a, RANGE_I32_F64_S(a), I32TruncF64S(a), 0x80000000u, 0x7FFFFFFFu)
#define I32TruncSatF64U(a) SATURATE(a, RANGE_I32_F64_U(a), I32TruncF64U(a), 0u, 0xFFFFFFFFu)
#define I64TruncSatF32S(a) SATURATE(a, RANGE_I64_F32_S(a), I64TruncF32S(a), 0x8000000000000000ull, 0x7FFFFFFFFFFFFFFFull)
#define I64TruncSatF32U(a) SATURATE(a, RANGE_I64_F32_U(a), I64TruncF32U(a), 0ull, 0xFFFFFFFFFFFFFFFFull)
#define I64TruncSatF64S(a) SATURATE(a, RANGE_I64_F64_S(a), I64TruncF64S(a), 0x8000000000000000ull, 0x7FFFFFFFFFFFFFFFull)
#define I64TruncSatF64U(a) SATURATE(a, RANGE_I64_F64_U(a), I64TruncF64U(a), 0ull, 0xFFFFFFFFFFFFFFFFull)

#define RefIsNull(a) ((u32)((a) == 0))
