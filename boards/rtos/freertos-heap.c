// SPDX-License-Identifier: MIT
// FreeRTOS: the allocator "heap" takes its blocks of the kernel's heap (heap_1.c to heap_5.c) instead of the C library's. Not for heap_1,
// which takes nothing back. Needs portBYTE_ALIGNMENT 8, as most ports have it.
#include <stddef.h>
#include <stdint.h>
#include "FreeRTOS.h"

_Static_assert(portBYTE_ALIGNMENT % 8 == 0, "blocks of the runtime are 8-aligned");

void *wn_heap_alloc(uint32_t bytes) { return pvPortMalloc(bytes); }

// The kernel has no such function: the runtime takes a new block, copies, and gives the old one back.
void *wn_heap_realloc(void *block, uint32_t bytes)
{
    (void)block;
    (void)bytes;
    return NULL;
}

void wn_heap_free(void *block) { vPortFree(block); }
