// SPDX-License-Identifier: MIT
// From the first instruction in C to the end of the run, on a board without an operating system.
#include "start.h"

extern uint32_t wn_data_start[], wn_data_end[], wn_data_load[], wn_bss_start[], wn_bss_end[];

unsigned wn_main(void);

// Starts the device anew, where that is wanted after a fault: firmware that serves apps. Not there in any other.
void wn_again(void) __attribute__((weak));

void wn_start(void)
{
    const uint32_t *from = wn_data_load;
    for (uint32_t *to = wn_data_start; to < wn_data_end; to++) *to = *from++;
    for (uint32_t *to = wn_bss_start; to < wn_bss_end; to++) *to = 0;
    wn_end(wn_main());
}

void wn_end(unsigned code)
{
    wn_exit(code);
    if (code == WN_FAULT_CODE && wn_again) wn_again();
    for (;;) {} // on hardware, without a debugger
}
