// SPDX-License-Identifier: MIT
// Cortex-M: names of the registers that startup.c reports in a fault.
using System;

namespace Wamr.Nano.Boards;

internal static class Registers
{
    internal static ReadOnlySpan<byte> Names => "r0 r1 r2 r3 r12 lr pc xpsr sp exception cfsr bfar "u8;
}
