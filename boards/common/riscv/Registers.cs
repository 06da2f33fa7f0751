// SPDX-License-Identifier: MIT
// RISC-V: names of the registers that startup.S reports in a trap.
using System;

namespace Wamr.Nano.Boards;

internal static class Registers
{
    internal static ReadOnlySpan<byte> Names => "pc ra sp mcause mtval a0 a1 a2 a3 "u8;
}
