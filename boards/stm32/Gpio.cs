// SPDX-License-Identifier: MIT
// STM32 pins as peripherals use them: alternate function, pulled up. The same registers on all families but F1.
namespace Wamr.Nano.Boards;

internal static class Gpio
{
    private const uint PortBytes = 0x400, Mode = 0x00, PullUp = 0x0C, Function = 0x20;

    /// <summary>Gives a pin to a peripheral.</summary>
    /// <param name="port">0 for GPIOA; it has its clock.</param>
    /// <param name="pin">0 to 15.</param>
    /// <param name="function">Number of the alternate function, from the data sheet's table.</param>
    internal static void Connect(uint port, uint pin, uint function)
    {
        const uint alternate = 2, up = 1, pinsPerWord = 8;
        uint registers = Clocks.Ports + port * PortBytes;
        Replace(registers + Function + pin / pinsPerWord * sizeof(uint), 4, pin % pinsPerWord, function);
        Replace(registers + PullUp, 2, pin, up);
        Replace(registers + Mode, 2, pin, alternate);
    }

    /// <summary>Sets a field of so many bits, others stay.</summary>
    private static void Replace(uint register, uint bits, uint index, uint value)
    {
        int shift = (int)(index * bits);
        uint mask = (1u << (int)bits) - 1;
        Mmio.Write(register, (Mmio.Read(register) & ~(mask << shift)) | (value << shift));
    }
}
