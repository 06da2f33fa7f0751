// SPDX-License-Identifier: MIT
// Counts the wraps of the core's 24-bit timer, for boards that have no better one (SysTick.cs).
#include <stdint.h>

static volatile uint32_t wraps;

void wn_systick(void) { wraps++; }
uint32_t wn_systick_wraps(void) { return wraps; }
