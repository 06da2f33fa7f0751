// SPDX-License-Identifier: MIT
// Interrupts of an MPS2 board, behind the exceptions of the core: the receiver of the first serial port alone is enabled.
void wn_serial(void);

__attribute__((section(".vectors.irq"), used)) void (*const wn_interrupts[])(void) = {wn_serial};
