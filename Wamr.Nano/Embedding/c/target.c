// SPDX-License-Identifier: MIT
// Which images this processor runs, as the C compiler knows it, and where it fetches their code.
#include <stddef.h>
#include <stdint.h>
#include "target.h"

void wamr_nano_target(struct wn_target *target)
{
    *target = (struct wn_target)WN_TARGET;
}

// An ESP32 sees its flash at one address for data, and at another for instructions. Define this function again to say how far apart they are.
__attribute__((weak)) ptrdiff_t wamr_nano_code_distance(void) { return 0; }
