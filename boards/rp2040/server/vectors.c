// SPDX-License-Identifier: MIT
// Interrupts of RP2040, behind the exceptions of the core: UART0 is number 20.
void wn_fault(void);
void wn_serial(void);

__attribute__((section(".vectors.irq"), used)) void (*const wn_interrupts[])(void) = {[0 ... 19] = wn_fault, [20] = wn_serial};
