// SPDX-License-Identifier: MIT
// STM32F405 as on the Netduino Plus 2: Cortex-M4F on its internal oscillator of 16 MHz, console on USART1 (pin PB6).
using Wamr.Nano.Core;

namespace Wamr.Nano.Boards;

internal static unsafe class Board
{
    private const uint Serial = 0x40011000, Timer = 0x40000000;
    private const uint Clocks1 = 0x40023830, ClocksApb1 = 0x40023840, ClocksApb2 = 0x40023844, PortB = 0x40020400;

    /// <summary>As emulated, where the timer counts nanoseconds; 16 on the board itself.</summary>
    internal const uint TicksPerMicrosecond = 1000;

    private const uint NanosecondsPerTick = 1;

    /// <summary>Called first, with memory and stack ready.</summary>
    internal static void Init()
    {
        const uint portB = 1 << 1, usart1 = 1 << 4, tim2 = 1, divider = 16_000_000 / 115_200;
        Stm32.Set(Clocks1, portB);
        Stm32.Set(ClocksApb1, tim2);
        Stm32.Set(ClocksApb2, usart1);
        const uint mode = 0x00, function = 0x20, pin = 6, alternate = 2, usart = 7;
        Stm32.Set(PortB + function, usart << (int)(pin * 4));
        Stm32.Set(PortB + mode, alternate << (int)(pin * 2));
        Stm32.StartSerial(Serial, divider);
        Stm32.StartTimer(Timer);
    }

    internal static void Fill(Platform* platform, BoardState* state)
    {
        platform->Context = state;
        platform->Write = &Write;
        platform->Clock = &Clock.Read;
        platform->ClockResolution = NanosecondsPerTick;
        platform->Sleep = &Clock.Sleep;
        platform->ReadSensor = &SimulatedSensors.Read;
        platform->StackBoundary = &Stack.Boundary;
    }

    /// <summary>Sends to the serial port; output and errors alike.</summary>
    internal static uint Write(void* context, uint stream, byte* text, uint size) => Stm32.Send(Serial, text, size);

    /// <summary>A counter that runs up for ever and wraps at 32 bits.</summary>
    internal static uint Ticks() => Stm32.Ticks(Timer);
}
