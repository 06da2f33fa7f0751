// SPDX-License-Identifier: MIT
// Floats the compiler knows nothing of. WebAssembly says what each instruction rounds to; a C compiler looks at several at a time and may make
// another number of them. gcc 12's vectorisers drop (double)(float)x; a product and a sum become one operation where the machine has it; x * 1
// is taken for x, which lets a signalling NaN through, and abs(x * x) for x * x, which leaves a NaN its sign. So results and constants pass
// through an empty instruction that might change them. The compiler cannot look behind it, and it costs nothing.
INLINE f32 hide32(f32 v) { __asm__("" : "+" XIP_F32_REGISTER(v)); return v; }
INLINE f64 hide64(f64 v) { __asm__("" : "+" XIP_F64_REGISTER(v)); return v; }

// Without a unit each operation is a call of the library already, and nothing joins two of those.
#if XIP_HARD_F32
#define ROUNDED32(x) hide32(x)
#else
#define ROUNDED32(x) (x)
#endif
#if XIP_HARD_F64
#define ROUNDED64(x) hide64(x)
#else
#define ROUNDED64(x) (x)
#endif

// gcc has an option for signalling NaNs. clang has none, so there it also must not know what value a load of a float reads.
#if defined(__clang__)
#define LOADED32(x) hide32(x)
#define LOADED64(x) hide64(x)
#else
#define LOADED32(x) (x)
#define LOADED64(x) (x)
#endif

INLINE u32 bits32(f32 v) { u32 b; __builtin_memcpy(&b, &v, 4); return b; }
INLINE u64 bits64(f64 v) { u64 b; __builtin_memcpy(&b, &v, 8); return b; }
INLINE f32 float32(u32 b) { f32 v; __builtin_memcpy(&v, &b, 4); return LOADED32(v); }
INLINE f64 float64(u64 b) { f64 v; __builtin_memcpy(&v, &b, 8); return LOADED64(v); }
INLINE f32 constant32(u32 b) { return hide32(float32(b)); }
INLINE f64 constant64(u64 b) { return hide64(float64(b)); }
