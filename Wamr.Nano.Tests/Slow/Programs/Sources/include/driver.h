// SPDX-License-Identifier: MIT
// What the drivers share: inputs that are the same everywhere, and digests of what came out.
#ifndef DRIVER_H
#define DRIVER_H
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint32_t driver_state = 1;

/// xorshift32: numbers that do not depend on a library.
static inline uint32_t driver_random(void)
{
    driver_state ^= driver_state << 13;
    driver_state ^= driver_state >> 17;
    driver_state ^= driver_state << 5;
    return driver_state;
}

/// FNV-1a of 32 bits.
static inline uint32_t driver_digest(const void *bytes, size_t size)
{
    uint32_t digest = 2166136261u;
    for (size_t n = 0; n < size; n++) digest = (digest ^ ((const uint8_t *)bytes)[n]) * 16777619u;
    return digest;
}

/// Text with words that come again, as real text has: not zero-terminated.
static inline void driver_text(char *text, size_t size)
{
    static const char *const words[] = {"sensor", "value", "the", "of", "temperature", "42", "is", "pressure", "0.5", "and", "\n", "warning:", "limit"};
    size_t at = 0;
    while (at < size) {
        const char *word = words[driver_random() % (sizeof words / sizeof *words)];
        for (; *word && at < size; word++) text[at++] = *word;
        if (at < size) text[at++] = driver_random() % 8 ? ' ' : (char)('a' + driver_random() % 26);
    }
}

/// Ends the program with its line number where something that must hold does not.
#define CHECK(condition) \
    do { \
        if (!(condition)) { \
            printf("line %d: %s does not hold\n", __LINE__, #condition); \
            exit(1); \
        } \
    } while (0)

#endif
