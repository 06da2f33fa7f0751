// SPDX-License-Identifier: MIT
// The boot ROM of RP2350 (data sheet, "Bootrom APIs").
#include <stdint.h>

#define CODE(a, b) ((uint32_t)(a) | (uint32_t)(b) << 8)

static void (*select_read)(uint8_t mode, uint8_t divider);

void *wn_rom(uint32_t code)
{
    enum { LOOKUP = 0x16, ARM_SECURE = 4 };
    void *(*lookup)(uint32_t, uint32_t) = (void *)(uintptr_t) * (const volatile uint16_t *)LOOKUP;
    select_read = (void (*)(uint8_t, uint8_t))lookup(CODE('X', 'M'), ARM_SECURE);
    return lookup(code, ARM_SECURE);
}

// The ROM leaves reads slow. Serial reads (command 0x03) at a quarter of the system's clock are right for every chip.
__attribute__((section(".data.ram_code"), noinline)) void wn_flash_resume(void)
{
    enum { SERIAL_03 = 0, QUARTER = 4 };
    select_read(SERIAL_03, QUARTER);
}
