// SPDX-License-Identifier: MIT
// Flash is memory to the core, its registers are a device: only a barrier keeps writes to the one before reads of the other.
void wn_barrier(void) { __asm volatile("dsb" : : : "memory"); }
