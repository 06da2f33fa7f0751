// SPDX-License-Identifier: MIT
// Instruction cache of the Cortex-M7 (Armv7-M Architecture Reference Manual, "Cache and branch predictor maintenance").
#include <stdint.h>

#define ICIALLU (*(volatile uint32_t *)0xE000EF50) // invalidates all of it
#define CCR (*(volatile uint32_t *)0xE000ED14)

void wn_cache_flush(void)
{
    enum { INSTRUCTION_CACHE = 1 << 17 };
    __asm volatile("dsb\n isb");
    ICIALLU = 0;
    __asm volatile("dsb\n isb");
    CCR |= INSTRUCTION_CACHE;
    __asm volatile("dsb\n isb");
}
