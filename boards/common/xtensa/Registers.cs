// SPDX-License-Identifier: MIT
// Xtensa: names of the registers that startup.S reports in an exception.
using System;

namespace Wamr.Nano.Boards;

internal static class Registers
{
    internal static ReadOnlySpan<byte> Names => "pc a0 sp exccause excvaddr a2 a3 a4 "u8;
}
