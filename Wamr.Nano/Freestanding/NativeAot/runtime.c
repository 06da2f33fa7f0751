// SPDX-License-Identifier: MIT
// What ILCompiler's code calls and a .NET runtime would have: 64-bit arithmetic, block moves, and the border between C# and C, where
// there is nothing to do without a garbage collector.
#include <stddef.h>
#include <stdint.h>

void *memmove(void *to, const void *from, size_t size);
void *memset(void *to, int value, size_t size);

int64_t RhpLMul(int64_t a, int64_t b) { return (int64_t)((uint64_t)a * (uint64_t)b); }
int64_t RhpLLsh(int64_t a, int32_t count) { return (int64_t)((uint64_t)a << (count & 63)); }
int64_t RhpLRsh(int64_t a, int32_t count) { return a >> (count & 63); }
uint64_t RhpLRsz(uint64_t a, int32_t count) { return a >> (count & 63); }

int32_t RhpIDiv(int32_t a, int32_t b) { return a / b; }
int32_t RhpIMod(int32_t a, int32_t b) { return a % b; }
uint32_t RhpUDiv(uint32_t a, uint32_t b) { return a / b; }
uint32_t RhpUMod(uint32_t a, uint32_t b) { return a % b; }
int64_t RhpLDiv(int64_t a, int64_t b) { return a / b; }
int64_t RhpLMod(int64_t a, int64_t b) { return a % b; }
uint64_t RhpULDiv(uint64_t a, uint64_t b) { return a / b; }
uint64_t RhpULMod(uint64_t a, uint64_t b) { return a % b; }

int64_t RhpDbl2Lng(double value) { return (int64_t)value; }
double RhpLng2Dbl(int64_t value) { return (double)value; }

void RhSpanHelpers_MemCopy(void *to, const void *from, size_t size) { memmove(to, from, size); }
void RhSpanHelpers_MemZero(void *to, size_t size) { memset(to, 0, size); }

void RhpPInvoke(void *frame) {}
void RhpPInvokeReturn(void *frame) {}
void RhpReversePInvoke(void *frame) {}
void RhpReversePInvokeReturn(void *frame) {}

// Found below stackalloc areas when a function returns.
uintptr_t __security_cookie = 0xB7E15163;
__attribute__((noreturn)) void RhpFallbackFailFast(void) { __builtin_trap(); }
__attribute__((noreturn)) void wn_unreachable(void) { __builtin_trap(); }

// Named by the unwind tables, which the linker drops: nothing is ever thrown.
void __aeabi_unwind_cpp_pr0(void) {}
void __aeabi_unwind_cpp_pr1(void) {}
