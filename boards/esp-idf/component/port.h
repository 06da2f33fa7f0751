// SPDX-License-Identifier: MIT
// Between the parts of the component; what apps' projects call is in wamr_nano.h.
#pragma once
#include <stddef.h>
#include <stdint.h>

void wn_esp_console(void);

// Told by port.c once flash is mapped: bytes from where an image is read to where its code is fetched.
void wn_esp_code_distance(ptrdiff_t bytes);
