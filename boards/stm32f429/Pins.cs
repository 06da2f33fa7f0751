// SPDX-License-Identifier: MIT
// STM32F429 (32F429IDISCOVERY): the console is USART1 on PA9 (sends) and PA10 (receives).
namespace Wamr.Nano.Boards;

internal static class Pins
{
    /// <summary>The USART and its interrupt.</summary>
    internal const uint Serial = 0x40011000, SerialInterrupt = 37;

    /// <summary>Its pins: ports counted from GPIOA, and the alternate function of both.</summary>
    internal const uint TransmitPort = 0, TransmitPin = 9, ReceivePort = 0, ReceivePin = 10, Function = 7;
}
