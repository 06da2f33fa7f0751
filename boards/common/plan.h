// SPDX-License-Identifier: MIT
// What to run, as the build writes it down; read by Linked.cs, whose struct has the same fields.
#pragma once
#include <stdint.h>

struct wn_plan {
    const uint8_t *module;
    uint32_t module_size;
    const char *export;
    uint32_t export_length;
    const uint32_t *slots;
    uint32_t slot_count;
    uint32_t stack_bytes, heap_bytes;
    const char *const *args;
    const char *const *environ;
    uint32_t arg_count, environ_count;
    uint32_t count;
};
