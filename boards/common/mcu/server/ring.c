// SPDX-License-Identifier: MIT
// Bytes between the serial port's interrupt, which alone moves `head`, and the firmware, which alone moves `tail`.
#include <stdint.h>

enum { SIZE = 512 }; // a request of the console has at most 260 bytes on the wire

static uint8_t bytes[SIZE];
static volatile uint32_t head, tail;

void wn_ring_put(uint8_t value)
{
    if (head - tail == SIZE) return;
    bytes[head % SIZE] = value;
    __asm volatile("" : : : "memory"); // the byte is there before it counts
    head++;
}

uint32_t wn_ring_take(uint8_t *to, uint32_t size)
{
    uint32_t count = 0;
    for (; count < size && tail != head; tail++) to[count++] = bytes[tail % SIZE];
    return count;
}
