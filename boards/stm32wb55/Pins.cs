// SPDX-License-Identifier: MIT
// STM32WB55 (P-NUCLEO-WB55): the console is USART1 on PB6 (sends) and PB7 (receives).
namespace Wamr.Nano.Boards;

internal static class Pins
{
    /// <summary>The USART and its interrupt.</summary>
    internal const uint Serial = 0x40013800, SerialInterrupt = 36;

    /// <summary>Its pins: ports counted from GPIOA, and the alternate function of both.</summary>
    internal const uint TransmitPort = 1, TransmitPin = 6, ReceivePort = 1, ReceivePin = 7, Function = 7;
}
