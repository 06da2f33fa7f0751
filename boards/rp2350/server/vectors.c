// SPDX-License-Identifier: MIT
// Interrupts of RP2350, behind the exceptions of the core: UART0 is number 33.
void wn_fault(void);
void wn_serial(void);

__attribute__((section(".vectors.irq"), used)) void (*const wn_interrupts[])(void) = {[0 ... 32] = wn_fault, [33] = wn_serial};
