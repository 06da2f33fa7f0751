// SPDX-License-Identifier: MIT
// The heap of the C library, of 8-aligned blocks. Each function is weak: an operating system whose heap is another one has a file with its
// own.
#include <stddef.h>
#include <stdint.h>

// Declared here: a freestanding compiler need not have stdlib.h.
void *malloc(size_t size);
void *realloc(void *block, size_t size);
void free(void *block);

// RAM the build has set aside; a hosted heap has its own.
__attribute__((weak)) void wn_heap_region(uint8_t *start, uint32_t bytes)
{
    (void)start;
    (void)bytes;
}

__attribute__((weak)) void *wn_heap_alloc(uint32_t bytes) { return malloc(bytes); }

// Null if the block cannot be enlarged; then the runtime moves it itself.
__attribute__((weak)) void *wn_heap_realloc(void *block, uint32_t bytes) { return realloc(block, bytes); }

__attribute__((weak)) void wn_heap_free(void *block) { free(block); }
