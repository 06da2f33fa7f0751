// SPDX-License-Identifier: MIT
// STM32F746 (NUCLEO-F746ZG): the console is USART3 on PD8 (sends) and PD9 (receives).
namespace Wamr.Nano.Boards;

internal static class Pins
{
    /// <summary>The USART and its interrupt.</summary>
    internal const uint Serial = 0x40004800, SerialInterrupt = 39;

    /// <summary>Its pins: ports counted from GPIOA, and the alternate function of both.</summary>
    internal const uint TransmitPort = 3, TransmitPin = 8, ReceivePort = 3, ReceivePin = 9, Function = 7;
}
