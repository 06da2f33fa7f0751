// SPDX-License-Identifier: MIT
// The interrupt controller of the Cortex-M core (Armv7-M Architecture Reference Manual, "Nested Vectored Interrupt Controller").
namespace Wamr.Nano.Boards;

internal static class Nvic
{
    private const uint SetEnable = 0xE000E100, Bits = 32;

    internal static void Enable(uint interrupt) => Mmio.Write(SetEnable + interrupt / Bits * sizeof(uint), 1u << (int)(interrupt % Bits));
}
