// SPDX-License-Identifier: MIT
// STM32 boards: console on a USART, time from TIM2. The family has Clocks and Usart, the board's folder Pins.

namespace Wamr.Nano.Boards;

internal static unsafe partial class Board
{
    private const uint BaudRate = 115_200;

    /// <summary>TIM2: 32 bits, at this address on every family here.</summary>
    private const uint Timer = 0x40000000;

    internal const uint TicksPerMicrosecond = Clocks.TimerMegahertz;

    /// <summary>Called first, with memory and stack ready.</summary>
    internal static void Init()
    {
        Clocks.Start();
        Gpio.Connect(Pins.TransmitPort, Pins.TransmitPin, Pins.Function);
        Gpio.Connect(Pins.ReceivePort, Pins.ReceivePin, Pins.Function);
        Usart.Start(Pins.Serial, Clocks.SerialHertz / BaudRate);
        Stm32Timer.Start(Timer);
    }

    /// <summary>Sends to the serial port; output and errors alike.</summary>
    internal static uint Write(void* context, uint stream, byte* text, uint size) => Usart.Send(Pins.Serial, text, size);

    /// <summary>A counter that runs up for ever and wraps at 32 bits.</summary>
    internal static uint Ticks() => Stm32Timer.Ticks(Timer);
}
