// SPDX-License-Identifier: MIT
// Flash of STM32L4 and WB: pages, written in double words of 8 bytes (RM0351, RM0434: "Embedded Flash memory").

namespace Wamr.Nano.Boards;

internal static unsafe class FlashController
{
    private const uint Key = Clocks.FlashAccess + 0x08, Status = Clocks.FlashAccess + 0x10, Control = Clocks.FlashAccess + 0x14;
    private const uint Writing = 1, PageErase = 2, Start = 1 << 16, Lock = 1u << 31;

    /// <summary>Erases a page.</summary>
    /// <param name="address">Its first byte.</param>
    /// <param name="unit">Its number, of both banks together.</param>
    /// <param name="size">Bytes.</param>
    internal static bool Erase(uint address, uint unit, uint size)
    {
        const uint pagesPerBank = 256;
        uint page = PageErase | ((unit % pagesPerBank) << 3) | ((unit / pagesPerBank) << 11);
        Unlock();
        Mmio.Write(Control, page);
        Mmio.Write(Control, page | Start);
        return Finish();
    }

    internal static bool Program(uint address, byte* bytes, uint size)
    {
        const uint doubleWord = 8;
        Unlock();
        Mmio.Write(Control, Writing);
        for (uint i = 0; i < size; i += doubleWord)
        {
            Mmio.Write(address + i, Raw.Load32(bytes + i));
            Mmio.Write(address + i + sizeof(uint), Raw.Load32(bytes + i + sizeof(uint)));
            Barrier.Pass();
            Wait();
        }
        return Finish();
    }

    private static void Unlock()
    {
        const uint all = 0xC3FB, key1 = 0x45670123, key2 = 0xCDEF89AB;
        Wait();
        if ((Mmio.Read(Control) & Lock) != 0)
        {
            Mmio.Write(Key, key1);
            Mmio.Write(Key, key2);
        }
        Mmio.Write(Status, all);
    }

    private static void Wait()
    {
        const uint busy = 1 << 16, configurationBusy = 1 << 18; // the second on WB alone, elsewhere 0
        while ((Mmio.Read(Status) & (busy | configurationBusy)) != 0) { }
    }

    /// <returns>Whether no error was flagged.</returns>
    private static bool Finish()
    {
        const uint errors = 0x3FA;
        Wait();
        bool good = (Mmio.Read(Status) & errors) == 0;
        Mmio.Write(Control, Lock);
        FlashCache.Flush();
        return good;
    }
}
