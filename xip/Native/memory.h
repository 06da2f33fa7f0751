// SPDX-License-Identifier: MIT
// Accesses to linear memory at any alignment, and what code finds through its first argument.
#define MAY_ALIAS __attribute__((may_alias))
#define PACKED __attribute__((packed, may_alias))

// Where guard pages do the checking, an access may trap: none may be left out, or change places with anything that others can see.
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

typedef struct { u16 v; } PACKED any16;
typedef struct { u32 v; } PACKED any32;
typedef struct { u64 v; } PACKED any64;
typedef struct { f32 v; } PACKED anyf32;
typedef struct { f64 v; } PACKED anyf64;
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
INLINE u32 load16(const u8 *p) { return ((const REACH any16 *)p)->v; }
INLINE u32 load32(const u8 *p) { return ((const REACH any32 *)p)->v; }
INLINE u64 load64(const u8 *p) { return ((const REACH any64 *)p)->v; }
INLINE void store16(u8 *p, u32 v) { ((REACH any16 *)p)->v = (u16)v; }
INLINE void store32(u8 *p, u32 v) { ((REACH any32 *)p)->v = v; }
#if XIP_GUARDED
// Eight bytes are written by one instruction, so that none are where the last do not fit. Of a constant the compiler might make two.
INLINE void store64(u8 *p, u64 v) { if (__builtin_constant_p(v)) __asm__("" : "+r"(v)); ((REACH any64 *)p)->v = v; }
#elif defined(__x86_64__)
INLINE void store64(u8 *p, u64 v) { ((REACH any64 *)p)->v = v; }
#else
// Of a constant the compiler would make eight bytes.
INLINE void store64(u8 *p, u64 v) { store32(p, (u32)v); store32(p + 4, (u32)(v >> 32)); }
#endif
#endif

#define I32Load(p) load32(p)
#define I64Load(p) load64(p)
#if XIP_GUARDED
#define F32Load(p) (((const REACH anyf32 *)(p))->v)
#define F64Load(p) (((const REACH anyf64 *)(p))->v)
#define F32Store(p, x) (((REACH anyf32 *)(p))->v = (x))
#define F64Store(p, x) (((REACH anyf64 *)(p))->v = (x))
#else
#define F32Load(p) float32(load32(p))
#define F64Load(p) float64(load64(p))
#define F32Store(p, v) store32(p, bits32(v))
#define F64Store(p, v) store64(p, bits64(v))
#endif
#define I32Load8S(p) ((u32)(s32)*(const REACH s8 *)(p))
#define I32Load8U(p) ((u32)*(const REACH u8 *)(p))
#define I32Load16S(p) ((u32)(s32)(s16)load16(p))
#define I32Load16U(p) load16(p)
#define I64Load8S(p) ((u64)(s64)*(const REACH s8 *)(p))
#define I64Load8U(p) ((u64)*(const REACH u8 *)(p))
#define I64Load16S(p) ((u64)(s64)(s16)load16(p))
#define I64Load16U(p) ((u64)load16(p))
#define I64Load32S(p) ((u64)(s64)(s32)load32(p))
#define I64Load32U(p) ((u64)load32(p))
#define I32Store(p, v) store32(p, v)
#define I64Store(p, v) store64(p, v)
#define I32Store8(p, v) (*(REACH u8 *)(p) = (u8)(v))
#define I32Store16(p, v) store16(p, v)
#define I64Store8(p, v) (*(REACH u8 *)(p) = (u8)(v))
#define I64Store16(p, v) store16(p, (u32)(v))
#define I64Store32(p, v) store32(p, (u32)(v))
