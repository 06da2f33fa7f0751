// SPDX-License-Identifier: MIT
// Clocks of RP2040 and RP2350 from a crystal of 12 MHz (data sheets: "Resets", "XOSC", "PLL", "Clocks").
namespace Wamr.Nano.Boards;

internal static class Clocks
{
    private const uint Reference = Chip.Clocks + 0x30, System = Chip.Clocks + 0x3C, Peripherals = Chip.Clocks + 0x48, Selected = 8;

    internal static void Start()
    {
        StartCrystal();
        Release(Chip.PllBit | Chip.IoBit | Chip.PadsBit);
        StartPll();
        const uint enable = 1 << 11; // from the system's clock
        Mmio.Write(Peripherals, enable);
        Chip.StartTicks();
        Release(Chip.UartBit | Chip.TimerBit);
    }

    private static void StartCrystal()
    {
        const uint to15Megahertz = 0xAA0, enable = 0xFAB000, status = 0x04, stable = 1u << 31, startup = 0x0C, millisecond = 47;
        Mmio.Write(Chip.Crystal + startup, millisecond);
        Mmio.Write(Chip.Crystal, enable | to15Megahertz);
        while ((Mmio.Read(Chip.Crystal + status) & stable) == 0) { }
        Switch(System, 0);
        const uint crystal = 2;
        Switch(Reference, crystal);
    }

    /// <summary>12 MHz times 125 is 1500 MHz, divided twice.</summary>
    private static void StartPll()
    {
        const uint power = 0x04, feedback = 0x08, dividers = 0x0C, locked = 1u << 31, by1 = 1, times = 125;
        const uint noFraction = 1 << 2, dividersOff = 1 << 3;
        Mmio.Write(Chip.Pll, by1);
        Mmio.Write(Chip.Pll + feedback, times);
        Mmio.Write(Chip.Pll + power, noFraction | dividersOff);
        while ((Mmio.Read(Chip.Pll) & locked) == 0) { }
        Mmio.Write(Chip.Pll + dividers, (Chip.Divider1 << 16) | (Chip.Divider2 << 12));
        Mmio.Write(Chip.Pll + power, noFraction);
        const uint auxiliary = 1; // and that is the PLL
        Switch(System, auxiliary);
    }

    /// <summary>Selects a clock's source, which it changes to without a glitch.</summary>
    private static void Switch(uint clock, uint source)
    {
        Mmio.Write(clock, source);
        while ((Mmio.Read(clock + Selected) & (1u << (int)source)) == 0) { }
    }

    /// <summary>Takes parts of the chip out of reset.</summary>
    private static void Release(uint parts)
    {
        const uint done = 8;
        Mmio.Write(Chip.Resets, Mmio.Read(Chip.Resets) & ~parts);
        while ((Mmio.Read(Chip.Resets + done) & parts) != parts) { }
    }
}
