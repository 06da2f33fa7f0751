// SPDX-License-Identifier: MIT
// Stands in for ESP-IDF: its error codes.
#pragma once
void abort(void) __attribute__((noreturn));

typedef int esp_err_t;
#define ESP_OK 0
#define ESP_ERROR_CHECK(x) do { if ((x) != ESP_OK) abort(); } while (0)
