// SPDX-License-Identifier: MIT
// Bytes between the serial port's interrupt, which alone moves `head`, and the firmware, which alone moves `tail`. And what a reset leaves.
#include "../../freestanding/start.h"

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

// Sleeps until an interrupt. With interrupts held back none can come between the look and the sleep, and one that waits ends it.
void wn_ring_wait(void)
{
    __asm volatile("cpsid i" : : : "memory");
    if (tail == head) __asm volatile("dsb\n wfi" : : : "memory");
    __asm volatile("cpsie i" : : : "memory");
}

// The core's timer ends a sleep now and then, so that the clock is read (SysTick.cs).
void wn_systick(void) { }

uint32_t wn_ring_take(uint8_t *to, uint32_t size)
{
    uint32_t count = 0;
    for (; count < size && tail != head; tail++) to[count++] = bytes[tail % SIZE];
    return count;
}

// What the device remembers of its boots (Core/Device/Flash/BootMemory.cs): neither loaded nor cleared.
__attribute__((section(".noinit"))) uint32_t wn_boot_memory[5];

uint32_t *wn_boots(void) { return wn_boot_memory; }

// A device that faults starts anew: its console has to answer.
void wn_again(void) { *(volatile uint32_t *)0xE000ED0C = 0x05FA0004; } // AIRCR: SYSRESETREQ
