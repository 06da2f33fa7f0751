// SPDX-License-Identifier: MIT
// The timer of the Cortex-M core. It counts down 24 bits; its interrupt extends them to 32.
using System.Runtime.InteropServices;

namespace Wamr.Nano.Boards;

internal static unsafe class SysTick
{
    private const uint Control = 0xE000E010, Reload = 0xE000E014, Current = 0xE000E018, MostTicks = 0xFFFFFF;
    private const int Bits = 24;

    /// <summary>How often the timer wrapped, counted by its interrupt (startup.c).</summary>
    [DllImport("firmware", EntryPoint = "wn_systick_wraps")]
    private static extern uint Wraps();

    /// <summary>Makes it count the core's clock.</summary>
    internal static void Start()
    {
        const uint enable = 1, interrupt = 2, coreClock = 4;
        Mmio.Write(Reload, MostTicks);
        Mmio.Write(Current, 0);
        Mmio.Write(Control, enable | interrupt | coreClock);
    }

    internal static uint Ticks()
    {
        uint wraps, ticks;
        do
        {
            wraps = Wraps();
            ticks = MostTicks - Mmio.Read(Current);
        }
        while (wraps != Wraps());
        return (wraps << Bits) + ticks;
    }
}
