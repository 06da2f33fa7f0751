// SPDX-License-Identifier: MIT
// Starts the app server, and nothing else.
#include "wamr_nano.h"

void app_main(void) { wamr_nano_start(); }
