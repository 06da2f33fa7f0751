// SPDX-License-Identifier: MIT
// Where newlib's malloc gets its memory from without an operating system: the array that the build has set aside, front to end.
#include <stddef.h>
#include <stdint.h>

static uint8_t *top, *end;

// The first region stays: malloc does not forget what it has.
void wn_heap_region(uint8_t *start, uint32_t bytes)
{
    if (end) return;
    top = start;
    end = start + bytes;
}

void *_sbrk(ptrdiff_t bytes)
{
    if (bytes > end - top) return (void *)-1;
    uint8_t *block = top;
    top += bytes;
    return block;
}
