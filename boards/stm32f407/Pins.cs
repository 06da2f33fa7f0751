// SPDX-License-Identifier: MIT
// STM32F407 (STM32F4DISCOVERY): the console is USART2 on PA2 (sends) and PA3 (receives).
namespace Wamr.Nano.Boards;

internal static class Pins
{
    /// <summary>The USART and its interrupt.</summary>
    internal const uint Serial = 0x40004400, SerialInterrupt = 38;

    /// <summary>Its pins: ports counted from GPIOA, and the alternate function of both.</summary>
    internal const uint TransmitPort = 0, TransmitPin = 2, ReceivePort = 0, ReceivePin = 3, Function = 7;
}
