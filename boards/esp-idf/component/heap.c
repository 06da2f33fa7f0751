// SPDX-License-Identifier: MIT
// The allocator "heap" on ESP-IDF: blocks of its heap, which by itself aligns to 4 only. Internal RAM first, external RAM where that is
// full.
#include <stddef.h>
#include <stdint.h>
#include "esp_heap_caps.h"

enum { ALIGNMENT = 8 };

void wn_heap_region(uint8_t *start, uint32_t bytes)
{
    (void)start;
    (void)bytes;
}

void *wn_heap_alloc(uint32_t bytes)
{
    void *block = heap_caps_aligned_alloc(ALIGNMENT, bytes, MALLOC_CAP_INTERNAL | MALLOC_CAP_8BIT);
    return block ? block : heap_caps_aligned_alloc(ALIGNMENT, bytes, MALLOC_CAP_SPIRAM | MALLOC_CAP_8BIT);
}

// What ESP-IDF resizes it may move to where it is aligned less: the runtime moves it itself.
void *wn_heap_realloc(void *block, uint32_t bytes)
{
    (void)block;
    (void)bytes;
    return NULL;
}

void wn_heap_free(void *block) { heap_caps_free(block); }
