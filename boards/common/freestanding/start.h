// SPDX-License-Identifier: MIT
// What the startup code of each processor and the code common to all know of each other.
#pragma once
#include <stdint.h>

enum { WN_FAULT_CODE = 134 }; // exit code of a run that ended in a processor fault

// Common: copies .data, clears .bss, runs the firmware. The processor's reset code calls it on wn_stack_top.
void wn_start(void) __attribute__((noreturn));
void wn_end(unsigned code) __attribute__((noreturn));

// Tells a debugger or emulator that the run is over; returns without one. semihosting.c, or the processor's own.
void wn_exit(unsigned code);

// C#: prints the registers of a fault in the order of the processor's Registers.cs.
void wn_fault_report(const uintptr_t *registers, uint32_t count);

extern uint8_t wn_stack_start[], wn_stack_top[];
