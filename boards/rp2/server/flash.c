// SPDX-License-Identifier: MIT
// Erasing and programming the serial flash that the code itself lies in: meanwhile nothing may be fetched from it, so this part is in
// RAM (.data) and interrupts wait (RP2040 data sheet, "Flash Access Functions"; RP2350 data sheet, "Bootrom APIs").
#include <stdint.h>

#define RAM_CODE __attribute__((section(".data.ram_code"), noinline, long_call))

enum { PAGE = 256, SECTOR = 4096, ERASE_SECTOR = 0x20 };
#define CODE(a, b) ((uint32_t)(a) | (uint32_t)(b) << 8)

// The chip's: finds a function of the boot ROM, and reads flash fast again (in RAM).
void *wn_rom(uint32_t code);
void wn_flash_resume(void) __attribute__((long_call));

struct rom {
    void (*connect)(void), (*leave_xip)(void), (*flush)(void), (*enter_xip)(void);
    void (*erase)(uint32_t offset, uint32_t size, uint32_t block, uint8_t command);
    void (*program)(uint32_t offset, const uint8_t *bytes, uint32_t size);
};

static struct rom find(void)
{
    struct rom rom = {
        wn_rom(CODE('I', 'F')), wn_rom(CODE('E', 'X')), wn_rom(CODE('F', 'C')), wn_rom(CODE('C', 'X')), wn_rom(CODE('R', 'E')), wn_rom(CODE('R', 'P')),
    };
    return rom;
}

// Programs a page, or erases where there is none.
static RAM_CODE void act(const struct rom *rom, uint32_t offset, const uint8_t *page, uint32_t size)
{
    uint32_t masked;
    __asm volatile("mrs %0, primask\n cpsid i" : "=r"(masked) : : "memory");
    rom->connect();
    rom->leave_xip();
    if (page) rom->program(offset, page, size);
    else rom->erase(offset, size, SECTOR, ERASE_SECTOR);
    rom->flush();
    rom->enter_xip();
    wn_flash_resume();
    __asm volatile("msr primask, %0" : : "r"(masked) : "memory");
}

void wn_flash_erase(uint32_t offset, uint32_t size)
{
    struct rom rom = find();
    act(&rom, offset, 0, size);
}

// The chip programs whole pages; bytes of 0xFF leave what is there.
void wn_flash_program(uint32_t offset, const uint8_t *bytes, uint32_t size)
{
    struct rom rom = find();
    uint8_t page[PAGE];
    while (size != 0) {
        uint32_t start = offset % PAGE, count = PAGE - start < size ? PAGE - start : size;
        for (uint32_t i = 0; i < PAGE; i++) page[i] = i >= start && i < start + count ? bytes[i - start] : 0xFF;
        act(&rom, offset - start, page, PAGE);
        offset += count;
        bytes += count;
        size -= count;
    }
}
