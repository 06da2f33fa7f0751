// SPDX-License-Identifier: MIT
// The emulated STM32F405: the console is USART1 on PB6 and PB7.
namespace Wamr.Nano.Boards;

internal static class Pins
{
    /// <summary>The USART and its interrupt.</summary>
    internal const uint Serial = 0x40011000, SerialInterrupt = 37;

    /// <summary>Its pins: ports counted from GPIOA, and the alternate function of both.</summary>
    internal const uint TransmitPort = 1, TransmitPin = 6, ReceivePort = 1, ReceivePin = 7, Function = 7;
}
