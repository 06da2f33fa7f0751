// SPDX-License-Identifier: MIT
// What to run and in which memory. The build writes it as a C file, RunPlan.cs reads it; PlanTests holds both together.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include "target.h"

struct wn_region {
    uint8_t *start;
    uint32_t bytes;
};

/* A structure, as ProgramArguments is: both then have the same padding at the end. */
struct wn_wasi {
    const char *const *args, *const *environ;
    uint32_t arg_count, environ_count, stream_kinds;
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

    struct wn_wasi wasi;

    uint32_t mode;
    struct wn_target target;
    uint8_t whole_pages, unchecked_c_stack, allow_unlinked;
    ptrdiff_t code_distance;
};

const struct wn_plan *wn_plan(void);
