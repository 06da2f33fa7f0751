// SPDX-License-Identifier: MIT
// A Linux program reports no faults of its own: the system, or a sanitizer, does.
using System;

namespace Wamr.Nano.Boards;

internal static class Registers
{
    internal static ReadOnlySpan<byte> Names => ""u8;
}
