// SPDX-License-Identifier: MIT
// Flash of STM32F4 and F7: sectors, 32-bit words at 2.7 to 3.6 V (RM0090, RM0385, RM0410: "Embedded Flash memory interface").
// While it is busy the bus waits, so the code may lie in the flash it writes.

namespace Wamr.Nano.Boards;

internal static unsafe class FlashController
{
    private const uint Key = 0x40023C04, Status = 0x40023C0C, Control = 0x40023C10;
    private const uint Program32 = 1, SectorErase = 2, Words = 2 << 8, Start = 1 << 16, Lock = 1u << 31;

    /// <summary>Erases a sector.</summary>
    /// <param name="address">Its first byte.</param>
    /// <param name="unit">Its number.</param>
    /// <param name="size">Bytes.</param>
    internal static bool Erase(uint address, uint unit, uint size)
    {
        const uint firstOfBank2 = 12, gap = 4; // bank 2 of F42x counts from 16
        uint number = unit < firstOfBank2 ? unit : unit + gap;
        Unlock();
        Mmio.Write(Control, SectorErase | (number << 3) | Words);
        Mmio.Write(Control, SectorErase | (number << 3) | Words | Start);
        return Finish();
    }

    internal static bool Program(uint address, byte* bytes, uint size)
    {
        Unlock();
        Mmio.Write(Control, Program32 | Words);
        for (uint i = 0; i < size; i += sizeof(uint))
        {
            Mmio.Write(address + i, Raw.Load32(bytes + i));
            Barrier.Pass();
            Wait();
        }
        return Finish();
    }

    private static void Unlock()
    {
        const uint errors = 0xF3, key1 = 0x45670123, key2 = 0xCDEF89AB;
        Wait();
        if ((Mmio.Read(Control) & Lock) != 0)
        {
            Mmio.Write(Key, key1);
            Mmio.Write(Key, key2);
        }
        Mmio.Write(Status, errors);
    }

    private static void Wait()
    {
        const uint busy = 1 << 16;
        while ((Mmio.Read(Status) & busy) != 0) { }
    }

    /// <returns>Whether no error was flagged.</returns>
    private static bool Finish()
    {
        const uint errors = 0xF2;
        Wait();
        bool good = (Mmio.Read(Status) & errors) == 0;
        Mmio.Write(Control, Lock);
        FlashCache.Flush();
        return good;
    }
}
