// SPDX-License-Identifier: MIT
// Stands in for ESP-IDF: its microsecond clock.
#pragma once
#include <stdint.h>

int64_t esp_timer_get_time(void);
