// SPDX-License-Identifier: MIT
// The firmware as a Linux program: clocks and random numbers of the system.
#include <stdint.h>
#include <sys/random.h>
#include <time.h>

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

int main(void) { return (int)wn_main(); }
