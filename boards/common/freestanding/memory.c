// SPDX-License-Identifier: MIT
// The three functions that gcc calls on its own. Words where the machine can, bytes elsewhere: 200 bytes of flash instead of
// a C library.
#include <stddef.h>
#include <stdint.h>

#define WORD sizeof(uintptr_t)
typedef uintptr_t __attribute__((may_alias)) word;

// What is read may lie at any address where the machine can do that.
#if defined(__ARM_FEATURE_UNALIGNED) || defined(__x86_64__)
typedef struct { uintptr_t v; } __attribute__((packed, may_alias)) source;
static int words(const void *a, const void *b) { (void)a, (void)b; return 1; }
#else
typedef struct { uintptr_t v; } __attribute__((may_alias)) source;
static int words(const void *a, const void *b) { return ((uintptr_t)a & (WORD - 1)) == ((uintptr_t)b & (WORD - 1)); }
#endif
static int aligned(const void *p) { return ((uintptr_t)p & (WORD - 1)) == 0; }

void *memcpy(void *restrict to, const void *restrict from, size_t size)
{
    uint8_t *d = to;
    const uint8_t *s = from;
    if (words(d, s)) {
        for (; size != 0 && !aligned(d); size--) *d++ = *s++;
        for (; size >= WORD; size -= WORD, d += WORD, s += WORD) *(word *)d = ((const source *)s)->v;
    }
    while (size-- != 0) *d++ = *s++;
    return to;
}

void *memmove(void *to, const void *from, size_t size)
{
    uint8_t *d = to;
    const uint8_t *s = from;
    if ((uintptr_t)d - (uintptr_t)s >= size) return memcpy(to, from, size);
    if (words(d, s)) {
        for (; size != 0 && !aligned(d + size); size--) d[size - 1] = s[size - 1];
        for (; size >= WORD; size -= WORD) *(word *)(d + size - WORD) = ((const source *)(s + size - WORD))->v;
    }
    for (; size != 0; size--) d[size - 1] = s[size - 1];
    return to;
}

void *memset(void *to, int value, size_t size)
{
    uint8_t *d = to;
    word fill = (uint8_t)value * ((word)-1 / 0xFF);
    for (; size != 0 && !aligned(d); size--) *d++ = (uint8_t)value;
    for (; size >= 4 * WORD; size -= 4 * WORD, d += 4 * WORD) ((word *)d)[0] = ((word *)d)[1] = ((word *)d)[2] = ((word *)d)[3] = fill;
    for (; size >= WORD; size -= WORD, d += WORD) *(word *)d = fill;
    while (size-- != 0) *d++ = (uint8_t)value;
    return to;
}
