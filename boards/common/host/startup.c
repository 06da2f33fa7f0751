// SPDX-License-Identifier: MIT
// The firmware as a Linux program: clocks and random numbers of the system.
#include <fcntl.h>
#include <stdint.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

unsigned wn_main(void);

uint64_t wn_host_clock(uint32_t id)
{
    struct timespec now;
    clock_gettime(id == 0 ? CLOCK_REALTIME : CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

void wn_host_sleep(uint64_t nanoseconds)
{
    struct timespec time = {(time_t)(nanoseconds / 1000000000u), (long)(nanoseconds % 1000000000u)};
    nanosleep(&time, 0);
}

uint8_t wn_host_random(void *buffer, uint32_t size) { return getrandom(buffer, size, 0) == (int64_t)size; }

int32_t wn_file_open(const char *name, uint32_t length, uint8_t write)
{
    (void)length; // it ends with a zero
    return open(name, write ? O_WRONLY | O_CREAT | O_TRUNC : O_RDONLY, 0666);
}

static uint32_t moved(ssize_t result) { return result < 0 ? 0 : (uint32_t)result; }

uint32_t wn_file_read(int32_t file, uint8_t *buffer, uint32_t size) { return moved(read(file, buffer, size)); }
uint32_t wn_file_write(int32_t file, const uint8_t *buffer, uint32_t size) { return moved(write(file, buffer, size)); }

int main(void) { return (int)wn_main(); }
