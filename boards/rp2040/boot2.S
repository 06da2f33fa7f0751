// SPDX-License-Identifier: MIT
// The second stage of RP2040's boot: the ROM copies these 256 bytes from the start of flash to RAM and runs them if their checksum is
// right (data sheet, "Boot Sequence"). It lets flash be read with command 0x03, which every chip knows, and starts the firmware.
    .syntax unified
    .cpu cortex-m0plus
    .thumb
    .section .boot, "ax"
    .thumb_func
boot2:
    ldr r3, =0x18000000 // SSI
    movs r1, #0
    str r1, [r3, #0x08] // SSIENR: off while it is set up
    movs r1, #4
    str r1, [r3, #0x14] // BAUDR: a quarter of the system's clock
    ldr r1, =0x001F0300 // CTRLR0: one line, frames of 32 bits, command first and then data
    str r1, [r3, #0x00]
    movs r1, #0
    str r1, [r3, #0x04] // CTRLR1: one frame a read
    ldr r1, =0x03000218 // SPI_CTRLR0: command 0x03 of 8 bits, an address of 24 bits
    ldr r0, =0x180000F4
    str r1, [r0]
    movs r1, #1
    str r1, [r3, #0x08]
    ldr r0, =0x10000100 // the vector table behind this stage
    ldr r1, =0xE000ED08 // VTOR
    str r0, [r1]
    ldr r1, [r0, #4]
    ldr r0, [r0]
    msr msp, r0
    bx r1
    .balign 4
    .ltorg
    .org 252
    .word 0xE9C150B2 // CRC-32/MPEG-2 of the 252 bytes before
