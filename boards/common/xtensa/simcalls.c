// SPDX-License-Identifier: MIT
// System calls of the Xtensa simulator: end of the run, and files of its machine.
#include <stdint.h>

enum { EXIT = 1, READ = 3, WRITE = 4, OPEN = 5, READ_ONLY = 0, WRITE_ONLY = 1 };

uint32_t wn_simcall(uint32_t number, uint32_t a, uint32_t b, uint32_t c);

void wn_exit(unsigned code) { wn_simcall(EXIT, code, 0, 0); }

// A file to write must be there: what the flag that makes one is differs between emulators.
int32_t wn_file_open(const char *name, uint32_t length, uint8_t write)
{
    (void)length; // it ends with a zero
    return (int32_t)wn_simcall(OPEN, (uint32_t)name, write ? WRITE_ONLY : READ_ONLY, 0);
}

static uint32_t moved(uint32_t result) { return (int32_t)result < 0 ? 0 : result; }

uint32_t wn_file_read(int32_t file, uint8_t *buffer, uint32_t size) { return moved(wn_simcall(READ, (uint32_t)file, (uint32_t)buffer, size)); }
uint32_t wn_file_write(int32_t file, const uint8_t *buffer, uint32_t size) { return moved(wn_simcall(WRITE, (uint32_t)file, (uint32_t)buffer, size)); }
