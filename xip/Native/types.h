// SPDX-License-Identifier: MIT
// Types and compiler features every image needs.
typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef signed char s8;
typedef short s16;
typedef int s32;
typedef long long s64;
typedef float f32;
typedef double f64;
typedef __UINTPTR_TYPE__ uptr;

_Static_assert(sizeof(u32) == 4 && sizeof(u64) == 8 && sizeof(f32) == 4 && sizeof(f64) == 8, "sizes of the types");
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "little-endian");
_Static_assert(-1 >> 1 == -1, "shifts of signed numbers repeat the sign");

_Static_assert(__FLT_EVAL_METHOD__ == 0, "floats are no wider than their types");
#if defined(__FAST_MATH__) || __FINITE_MATH_ONLY__ || !(defined(__SUPPORT_SNAN__) || defined(__clang__))
#error "the C compiler is told to do what it likes with floats"
#endif

#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)
#define INLINE static inline __attribute__((always_inline, unused))
#define HELPER static __attribute__((unused))

// Stands before a call, and is not an instruction. Compilers merge paths with the same end, including calls. An option limits this to code that
// begins with this asm (see xip/Build/CCompiler.cs), which is the same only for one call in the source. So a return address identifies the call.
#define APART __asm__ volatile("" : : "i"(__LINE__), "i"(sizeof __FILE__))

// clang has no variables that are registers: there the count stays in the environment.
#if XIP_FUEL && !defined(__clang__)
#define XIP_FUEL_REGISTER 1
#if defined(__x86_64__)
register s64 budget_register __asm__("r15");
#elif defined(__riscv)
register s32 budget_register __asm__("s11");
#elif defined(__xtensa__)
register s32 budget_register __asm__("a14");
#else
register s32 budget_register __asm__("r9");
#endif
#define budget budget_register
#endif
