// SPDX-License-Identifier: MIT
// What to run and in which memory. The build writes it down as a C file; RunPlan.cs has the same fields in the same order.
#pragma once
#include <stdint.h>

struct wn_region {
    uint8_t *start;
    uint32_t bytes;
};

struct wn_plan {
    const uint8_t *module;
    uint32_t module_bytes;

    uint32_t region_count;
    const struct wn_region *regions;

    const uint8_t *stack_limit;
    uint32_t stack_reserve;

    uint32_t stack_bytes, heap_bytes;
    const char *export;
    uint32_t export_length;
    uint32_t slot_count;
    const uint32_t *slots;

    const char *const *args, *const *environ;
    uint32_t arg_count, environ_count;

    uint32_t mode;
};

const struct wn_plan *wn_plan(void);
