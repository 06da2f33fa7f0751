// SPDX-License-Identifier: MIT
// Xtensa with the call0 ABI: reset, exceptions, simulator calls, cycle counter.
    .section .vectors, "ax"
    .balign 1024
// The reset vector of the emulated board is the start of its ROM. Behind it, at the offsets of the LX106 configuration: kernel exception
// 0x30, user exception 0x50, double exception 0x70.
vectors:
    j wn_reset
    .org vectors + 0x30
    j fault
    .org vectors + 0x50
    j fault
    .org vectors + 0x70
    j fault
    .org vectors + 0x80
    .literal_position
    .globl wn_reset
wn_reset:
    movi sp, wn_stack_top
    movi a2, vectors
    wsr.vecbase a2
    movi a2, 0x20 // no exception, no interrupt level, user vector mode
    wsr.ps a2
    rsync
    movi a0, wn_start
    jx a0

// The stack may be what failed, so the report starts on a fresh one. Order: Registers.cs.
    .literal_position
fault:
    wsr.excsave1 a2
    movi a2, wn_stack_top - 48
    s32i a0, a2, 4
    s32i sp, a2, 8
    s32i a3, a2, 24
    s32i a4, a2, 28
    rsr.excsave1 a3
    s32i a3, a2, 20
    rsr.epc1 a3
    s32i a3, a2, 0
    rsr.exccause a3
    s32i a3, a2, 12
    rsr.excvaddr a3
    s32i a3, a2, 16
    mov sp, a2
    movi a3, 8
    movi a0, wn_fault_report
    callx0 a0
    movi a2, 134
    movi a0, wn_end
    callx0 a0

// wn_simcall(number, a, b, c): the emulator takes its arguments in the registers they arrive in.
    .text
    .balign 4
    .globl wn_simcall
wn_simcall:
    simcall
    ret

    .balign 4
    .globl wn_cycles
wn_cycles:
    rsr.ccount a2
    ret
