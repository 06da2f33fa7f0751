// SPDX-License-Identifier: MIT
// Cortex-M: vector table, reset, faults, semihosting.
#include "../freestanding/start.h"

void wn_reset(void);
void wn_fault(void);
void wn_systick(void) __attribute__((weak, alias("wn_fault")));

// Entry 0 is the initial stack pointer; 2 to 14 are exceptions of the core, none of them expected.
__attribute__((section(".vectors"), used)) void *const wn_vectors[16] = {
    wn_stack_top, wn_reset, wn_fault, wn_fault, wn_fault, wn_fault, wn_fault, wn_fault,
    wn_fault, wn_fault, wn_fault, wn_fault, wn_fault, wn_fault, wn_fault, wn_systick,
};

void wn_reset(void)
{
#if defined(__ARM_FP)
    *(volatile uint32_t *)0xE000ED88 |= 0xF << 20; // CPACR: coprocessors 10 and 11, the FPU
    __asm volatile("dsb\n isb");
#endif
#if defined(__ARM_ARCH_8M_MAIN__)
    __asm volatile("msr msplim, %0" : : "r"(wn_stack_start)); // from now on the processor itself traps an overflow
#endif
    wn_start();
}

// The stack may be what failed, so the report starts on a fresh one.
__attribute__((naked)) void wn_fault(void)
{
    __asm volatile("mov r0, sp\n ldr r1, =wn_stack_top\n mov sp, r1\n b wn_fault_frame\n .ltorg");
}

__attribute__((used)) static void wn_fault_frame(const uint32_t *frame)
{
    enum { STACKED = 8, SP = 8, EXCEPTION = 9, STATUS = 10, ADDRESS = 11, COUNT = 12 };
    uintptr_t registers[COUNT] = {0};
    // Where pushing the frame failed, there is none to read.
    int valid = (const uint8_t *)frame >= wn_stack_start && (const uint8_t *)(frame + STACKED) <= wn_stack_top;
    for (int i = 0; i < STACKED && valid; i++) registers[i] = frame[i];
    registers[SP] = (uintptr_t)frame;
    __asm volatile("mrs %0, ipsr" : "=r"(registers[EXCEPTION]));
#if __ARM_ARCH >= 7
    registers[STATUS] = *(volatile uint32_t *)0xE000ED28;  // CFSR
    registers[ADDRESS] = *(volatile uint32_t *)0xE000ED38; // BFAR
#endif
    wn_fault_report(registers, COUNT);
    wn_end(WN_FAULT_CODE);
}

__attribute__((naked)) uintptr_t wn_semihost(unsigned operation, const uintptr_t *arguments)
{
    __asm volatile("bkpt 0xab\n bx lr");
}
