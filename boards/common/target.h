// SPDX-License-Identifier: MIT
// What images this processor runs, as the C compiler knows it (ImageTarget in Core/Image/ImageHeader.cs).
#pragma once
#include <stdint.h>

struct wn_target {
    uint8_t machine, level, fpu, hard_float, little_endian, pointer_bytes;
};

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
