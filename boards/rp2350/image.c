// SPDX-License-Identifier: MIT
// The block that tells RP2350's boot ROM what lies in flash: an executable for the secure Arm cores, whose vector table is at its start
// (data sheet, "Minimum Arm IMAGE_DEF"). It must be within the first 4 KB.
#include <stdint.h>

__attribute__((section(".boot.block"), used)) const uint32_t wn_image_definition[] = {
    0xFFFFDED3, // start of a block
    0x10210142, // IMAGE_TYPE, one word: executable, Arm, secure, RP2350
    0x000001FF, // last item: one word before it
    0x00000000, // the next block is this one
    0xAB123579, // end of the block
};
