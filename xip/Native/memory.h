// SPDX-License-Identifier: MIT
// Accesses to linear memory at any alignment, and what code finds through its first argument.
#define MAY_ALIAS __attribute__((may_alias))
#define PACKED __attribute__((packed, may_alias))

// Where guard pages do the checking, every access may trap: none may be left out, or change places with anything that others can see.
#if XIP_GUARDED
#define REACH volatile
#else
#define REACH
#endif

// The first argument is the linear memory itself where its size is fixed: the environment then lies right below.
#if XIP_FIXED
typedef u8 *E;
#define ENV(e) ((Env *)(e) - 1)
#define MEMORY()
#define RELOAD()
#define GLOBAL(slot) ((REACH u32 *)((u8 *)ENV(e) - XIP_GLOBALS) + (slot))
#else
typedef Env *E;
#define ENV(e) (e)
#define MEMORY() u8 *mem = e->Memory; u32 size = e->Size
#define RELOAD() (mem = e->Memory, size = e->Size)
#define GLOBAL(slot) (ENV(e)->Globals + (slot))
#endif
#define IMPORTED(slot) ((REACH u32 *)ENV(e)->ImportedGlobals[slot])

typedef struct { u8 v; } PACKED any8;
typedef struct { u16 v; } PACKED any16;
typedef struct { u32 v; } PACKED any32;
typedef struct { u64 v; } PACKED any64;
typedef u16 MAY_ALIAS alias16;
typedef u32 MAY_ALIAS alias32;
typedef u64 MAY_ALIAS alias64;
typedef struct { u64 v; } __attribute__((packed, aligned(4), may_alias)) cell64;

// Where the machine cannot load a misaligned word, most words are aligned nevertheless: one test is cheaper than four bytes.
#if XIP_STRICT_ALIGN
HELPER u32 slow_load16(const u8 *p) { return p[0] | (u32)p[1] << 8; }
HELPER u32 slow_load32(const u8 *p) { return p[0] | (u32)p[1] << 8 | (u32)p[2] << 16 | (u32)p[3] << 24; }
HELPER __attribute__((noinline)) u64 slow_load64(const u8 *p) { return slow_load32(p) | (u64)slow_load32(p + 4) << 32; }
HELPER void slow_store16(u8 *p, u32 v) { p[0] = (u8)v; p[1] = (u8)(v >> 8); }
HELPER void slow_store32(u8 *p, u32 v) { slow_store16(p, v); slow_store16(p + 2, v >> 16); }
HELPER __attribute__((noinline)) void slow_store64(u8 *p, u64 v) { slow_store32(p, (u32)v); slow_store32(p + 4, (u32)(v >> 32)); }
HELPER __attribute__((noinline)) u32 far_load32(const u8 *p) { return slow_load32(p); }
HELPER __attribute__((noinline)) void far_store32(u8 *p, u32 v) { slow_store32(p, v); }
INLINE u32 load16(const u8 *p) { return LIKELY(((uptr)p & 1) == 0) ? *(const alias16 *)p : slow_load16(p); }
INLINE u32 load32(const u8 *p) { return LIKELY(((uptr)p & 3) == 0) ? *(const alias32 *)p : far_load32(p); }
INLINE u64 load64(const u8 *p) { return LIKELY(((uptr)p & 3) == 0) ? ((const cell64 *)p)->v : slow_load64(p); }
INLINE void store16(u8 *p, u32 v) { if (LIKELY(((uptr)p & 1) == 0)) *(alias16 *)p = (u16)v; else slow_store16(p, v); }
INLINE void store32(u8 *p, u32 v) { if (LIKELY(((uptr)p & 3) == 0)) *(alias32 *)p = v; else far_store32(p, v); }
INLINE void store64(u8 *p, u64 v) { if (LIKELY(((uptr)p & 3) == 0)) ((cell64 *)p)->v = v; else slow_store64(p, v); }
#else
INLINE u32 load16(const u8 *p) { return ((const any16 *)p)->v; }
INLINE u32 load32(const u8 *p) { return ((const any32 *)p)->v; }
INLINE u64 load64(const u8 *p) { return ((const any64 *)p)->v; }
INLINE void store16(u8 *p, u32 v) { ((any16 *)p)->v = (u16)v; }
INLINE void store32(u8 *p, u32 v) { ((any32 *)p)->v = v; }
#if defined(__x86_64__)
INLINE void store64(u8 *p, u64 v) { ((any64 *)p)->v = v; }
#else
// Of a constant the compiler would make eight bytes.
INLINE void store64(u8 *p, u64 v) { store32(p, (u32)v); store32(p + 4, (u32)(v >> 32)); }
#endif
#endif

#if XIP_GUARDED
// One instruction an access, which happens as a whole or faults. What it loads is as small as the compiler may rely on.
#define LOAD(type, bits, register, instruction, p) \
    ({ type loaded; __asm__ volatile(instruction : "=" register(loaded) : "m"(*(const any##bits *)(p))); loaded; })
#define LOAD_SMALL(type, bits, instruction, p) \
    ({ type small = LOAD(type, bits, "r", instruction, p); if (small >> bits) __builtin_unreachable(); small; })
#define STORE(type, bits, register, instruction, p, value) \
    do { type stored = (type)(value); __asm__ volatile(instruction : "=m"(*(any##bits *)(p)) : register(stored)); } while (0)
#define I32Load(p) LOAD(u32, 32, "r", "movl %1, %0", p)
#define I64Load(p) LOAD(u64, 64, "r", "movq %1, %0", p)
#define F32Load(p) LOAD(f32, 32, "x", "movss %1, %0", p)
#define F64Load(p) LOAD(f64, 64, "x", "movsd %1, %0", p)
#define I32Load8S(p) LOAD(u32, 8, "r", "movsbl %1, %0", p)
#define I32Load8U(p) LOAD_SMALL(u32, 8, "movzbl %1, %0", p)
#define I32Load16S(p) LOAD(u32, 16, "r", "movswl %1, %0", p)
#define I32Load16U(p) LOAD_SMALL(u32, 16, "movzwl %1, %0", p)
#define I64Load8S(p) LOAD(u64, 8, "r", "movsbq %1, %0", p)
#define I64Load8U(p) LOAD_SMALL(u64, 8, "movzbl %1, %k0", p)
#define I64Load16S(p) LOAD(u64, 16, "r", "movswq %1, %0", p)
#define I64Load16U(p) LOAD_SMALL(u64, 16, "movzwl %1, %k0", p)
#define I64Load32S(p) LOAD(u64, 32, "r", "movslq %1, %0", p)
#define I64Load32U(p) LOAD_SMALL(u64, 32, "movl %1, %k0", p)
#define I32Store(p, v) STORE(u32, 32, "ri", "movl %1, %0", p, v)
#define I64Store(p, v) STORE(u64, 64, "re", "movq %1, %0", p, v)
#define F32Store(p, v) STORE(f32, 32, "x", "movss %1, %0", p, v)
#define F64Store(p, v) STORE(f64, 64, "x", "movsd %1, %0", p, v)
#define I32Store8(p, v) STORE(u8, 8, "qi", "movb %b1, %0", p, v)
#define I32Store16(p, v) STORE(u16, 16, "ri", "movw %w1, %0", p, v)
#define I64Store8(p, v) I32Store8(p, v)
#define I64Store16(p, v) I32Store16(p, v)
#define I64Store32(p, v) I32Store(p, v)
#else
#define I32Load(p) load32(p)
#define I64Load(p) load64(p)
#define F32Load(p) float32(load32(p))
#define F64Load(p) float64(load64(p))
#define F32Store(p, v) store32(p, bits32(v))
#define F64Store(p, v) store64(p, bits64(v))
#define I32Load8S(p) ((u32)(s32)(s8)*(p))
#define I32Load8U(p) ((u32)*(p))
#define I32Load16S(p) ((u32)(s32)(s16)load16(p))
#define I32Load16U(p) load16(p)
#define I64Load8S(p) ((u64)(s64)(s8)*(p))
#define I64Load8U(p) ((u64)*(p))
#define I64Load16S(p) ((u64)(s64)(s16)load16(p))
#define I64Load16U(p) ((u64)load16(p))
#define I64Load32S(p) ((u64)(s64)(s32)load32(p))
#define I64Load32U(p) ((u64)load32(p))
#define I32Store(p, v) store32(p, v)
#define I64Store(p, v) store64(p, v)
#define I32Store8(p, v) (*(p) = (u8)(v))
#define I32Store16(p, v) store16(p, v)
#define I64Store8(p, v) (*(p) = (u8)(v))
#define I64Store16(p, v) store16(p, (u32)(v))
#define I64Store32(p, v) store32(p, (u32)(v))
#endif
