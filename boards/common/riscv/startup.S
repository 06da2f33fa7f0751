// SPDX-License-Identifier: MIT
// RISC-V (RV32, machine mode): reset, traps, semihosting.
    .option arch, +zicsr
    .section .vectors, "ax"
    .globl wn_reset
wn_reset:
    la sp, wn_stack_top
    la t0, trap
    csrw mtvec, t0
    j wn_start

// The stack may be what failed, so the report starts on a fresh one. Order: Registers.cs.
    .text
    .balign 4
trap:
    csrw mscratch, sp
    la sp, wn_stack_top - 48
    sw ra, 4(sp)
    sw a0, 20(sp)
    sw a1, 24(sp)
    sw a2, 28(sp)
    sw a3, 32(sp)
    csrr t0, mepc
    sw t0, 0(sp)
    csrr t0, mscratch
    sw t0, 8(sp)
    csrr t0, mcause
    sw t0, 12(sp)
    csrr t0, mtval
    sw t0, 16(sp)
    mv a0, sp
    li a1, 9
    call wn_fault_report
    li a0, 134
    j wn_end

// wn_semihost(operation, arguments): the three instructions around ebreak are what marks the call.
    .section .text.wn_semihost, "ax"
    .balign 16
    .option norvc
    .option norelax
    .globl wn_semihost
wn_semihost:
    slli zero, zero, 0x1f
    ebreak
    srai zero, zero, 7
    ret
