// SPDX-License-Identifier: MIT
// The boot ROM of RP2040 (data sheet, "Bootrom Contents"), and the serial interface that reads flash ("SSI").
#include <stdint.h>

void *wn_rom(uint32_t code)
{
    enum { FUNCTIONS = 0x14, LOOKUP = 0x18 }; // where the ROM keeps two 16-bit addresses
    void *(*lookup)(const uint16_t *, uint32_t) = (void *)(uintptr_t) * (const volatile uint16_t *)LOOKUP;
    return lookup((const uint16_t *)(uintptr_t) * (const volatile uint16_t *)FUNCTIONS, code);
}

// The ROM leaves reads slow; boot2.S has them at a quarter of the system's clock.
__attribute__((section(".data.ram_code"), noinline)) void wn_flash_resume(void)
{
    volatile uint32_t *const ssi = (uint32_t *)0x18000000;
    enum { ENABLE = 0x08 / 4, BAUD = 0x14 / 4, QUARTER = 4 };
    ssi[ENABLE] = 0;
    ssi[BAUD] = QUARTER;
    ssi[ENABLE] = 1;
}
