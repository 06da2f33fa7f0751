// SPDX-License-Identifier: MIT
// Semihosting of Arm and RISC-V: the debugger or emulator ends the run, and opens files of its machine.
#include <stdint.h>

enum { SYS_OPEN = 1, SYS_WRITE = 5, SYS_READ = 6, SYS_EXIT_EXTENDED = 0x20, APPLICATION_EXIT = 0x20026, MODE_READ = 1, MODE_WRITE = 5 };

// The processor's (startup code).
uintptr_t wn_semihost(unsigned operation, const uintptr_t *arguments);

void wn_exit(unsigned code)
{
    uintptr_t block[2] = {APPLICATION_EXIT, code};
    wn_semihost(SYS_EXIT_EXTENDED, block);
}

int32_t wn_file_open(const char *name, uint32_t length, uint8_t write)
{
    uintptr_t block[3] = {(uintptr_t)name, write ? MODE_WRITE : MODE_READ, length};
    return (int32_t)wn_semihost(SYS_OPEN, block);
}

// Both tell how many bytes were not moved.
uint32_t wn_file_read(int32_t file, uint8_t *buffer, uint32_t size)
{
    uintptr_t block[3] = {(uintptr_t)file, (uintptr_t)buffer, size};
    return size - (uint32_t)wn_semihost(SYS_READ, block);
}

uint32_t wn_file_write(int32_t file, const uint8_t *buffer, uint32_t size)
{
    uintptr_t block[3] = {(uintptr_t)file, (uintptr_t)buffer, size};
    return size - (uint32_t)wn_semihost(SYS_WRITE, block);
}
