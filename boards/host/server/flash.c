// SPDX-License-Identifier: MIT
// Flash of the host board: the file that WNANO_FLASH names, mapped to be read and run as flash is; and its line, standard input.
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static int file = -1;

uint8_t wn_host_flash_fill(uint32_t offset, uint32_t size)
{
    uint8_t erased[256];
    memset(erased, 0xFF, sizeof erased);
    for (uint32_t at = 0; at < size; at += sizeof erased) {
        uint32_t part = size - at < sizeof erased ? size - at : sizeof erased;
        if (pwrite(file, erased, part, (off_t)offset + at) != (ssize_t)part) return 0;
    }
    return 1;
}

uint8_t wn_host_flash_write(uint32_t offset, const uint8_t *bytes, uint32_t size) { return pwrite(file, bytes, size, offset) == (ssize_t)size; }

/* The mapping; null where the file cannot be had, or has another size. A new file is erased flash. */
uint8_t *wn_host_flash_open(uint32_t size)
{
    const char *name = getenv("WNANO_FLASH");
    struct stat status;
    file = open(name ? name : "flash.bin", O_RDWR | O_CREAT, 0644);
    if (file < 0 || fstat(file, &status) != 0) return 0;
    if (status.st_size == 0 && !wn_host_flash_fill(0, size)) return 0;
    if (status.st_size != 0 && status.st_size != (off_t)size) return 0;
    void *mapped = mmap(0, size, PROT_READ | PROT_EXEC, MAP_SHARED, file, 0);
    return mapped == MAP_FAILED ? 0 : mapped;
}

/* Bytes read, 0 for none in time, -1 at the end. With no buffer it only waits. */
int32_t wn_host_line_read(uint8_t *bytes, uint32_t size, int32_t milliseconds)
{
    struct pollfd input = {.fd = 0, .events = POLLIN};
    if (poll(&input, 1, milliseconds) <= 0) return 0;
    if (!bytes) return 0;
    ssize_t count = read(0, bytes, size);
    return count <= 0 ? -1 : (int32_t)count;
}
