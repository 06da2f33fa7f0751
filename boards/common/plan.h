// SPDX-License-Identifier: MIT
// What to run and in which memory. The build writes it as a C file, RunPlan.cs reads it; PlanTests holds both together.
#pragma once
#include <stddef.h>
#include <stdint.h>

struct wn_region {
    uint8_t *start;
    uint32_t bytes;
};

struct wn_target {
    uint8_t machine, level, fpu, hard_float, little_endian, pointer_bytes;
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

/* What images this processor runs, as the compiler of the firmware knows it (ImageTarget in Core/Image/ImageHeader.cs). */
#if defined(__thumb__)
#define WN_MACHINE 1
#if __ARM_ARCH >= 8
#define WN_LEVEL 9
#elif defined(__ARM_ARCH_7EM__)
#define WN_LEVEL 8
#else
#define WN_LEVEL __ARM_ARCH
#endif
#elif defined(__riscv)
#define WN_MACHINE 2
#elif defined(__xtensa__) && !defined(__XTENSA_WINDOWED_ABI__) // images are call0 code
#define WN_MACHINE 3
#elif defined(__x86_64__)
#define WN_MACHINE 4
#else
#define WN_MACHINE 0
#endif
#ifndef WN_LEVEL
#define WN_LEVEL 0
#endif
#if defined(__x86_64__) || (defined(__ARM_FP) && (__ARM_FP & 8))
#define WN_FPU 2
#elif defined(__ARM_FP)
#define WN_FPU 1
#else
#define WN_FPU 0
#endif
#if defined(__x86_64__) || defined(__ARM_PCS_VFP)
#define WN_HARD_FLOAT 1
#else
#define WN_HARD_FLOAT 0
#endif
#define WN_TARGET { WN_MACHINE, WN_LEVEL, WN_FPU, WN_HARD_FLOAT, 1, sizeof(void *) }

const struct wn_plan *wn_plan(void);
