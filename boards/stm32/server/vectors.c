// SPDX-License-Identifier: MIT
// Interrupts of STM32, behind the exceptions of the core. USART1 to 3 are 37 to 39 on F4, F7, H7 and L4, USART1 is 36 on WB; a firmware
// enables only its own.
void wn_fault(void);
void wn_serial(void);

__attribute__((section(".vectors.irq"), used)) void (*const wn_interrupts[])(void) = {
    [0 ... 35] = wn_fault, [36 ... 39] = wn_serial,
};
