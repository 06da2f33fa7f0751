// SPDX-License-Identifier: MIT
// Flash of STM32H743: two banks of eight sectors, written in words of 32 bytes (RM0433, "Embedded Flash memory").

namespace Wamr.Nano.Boards;

internal static unsafe class FlashController
{
    private const uint Bank1 = 0x52002000, Bank2 = 0x52002100, SectorsPerBank = 8, SecondHalf = 0x08100000;
    private const uint Key = 0x04, Control = 0x0C, Status = 0x10, Clear = 0x14;
    private const uint Lock = 1, Writing = 2, SectorErase = 4, Parallel64 = 3 << 4, Start = 1 << 7;

    /// <summary>Erases a sector.</summary>
    /// <param name="address">Its first byte.</param>
    /// <param name="unit">Its number, of both banks together.</param>
    /// <param name="size">Bytes.</param>
    internal static bool Erase(uint address, uint unit, uint size)
    {
        uint bank = unit < SectorsPerBank ? Bank1 : Bank2, number = unit % SectorsPerBank;
        Unlock(bank);
        Mmio.Write(bank + Control, SectorErase | Parallel64 | (number << 8));
        Mmio.Write(bank + Control, SectorErase | Parallel64 | (number << 8) | Start);
        return Finish(bank);
    }

    internal static bool Program(uint address, byte* bytes, uint size)
    {
        const uint flashWord = 32;
        uint bank = address < SecondHalf ? Bank1 : Bank2;
        Unlock(bank);
        Mmio.Write(bank + Control, Writing | Parallel64);
        for (uint i = 0; i < size; i += sizeof(uint))
        {
            Mmio.Write(address + i, Raw.Load32(bytes + i));
            if ((i + sizeof(uint)) % flashWord != 0) continue;
            Barrier.Pass();
            Wait(bank);
        }
        return Finish(bank);
    }

    private static void Unlock(uint bank)
    {
        const uint key1 = 0x45670123, key2 = 0xCDEF89AB, all = 0x0FEF0000;
        Wait(bank);
        if ((Mmio.Read(bank + Control) & Lock) != 0)
        {
            Mmio.Write(bank + Key, key1);
            Mmio.Write(bank + Key, key2);
        }
        Mmio.Write(bank + Clear, all);
    }

    /// <summary>Waits until the queue of words is empty.</summary>
    private static void Wait(uint bank)
    {
        const uint queued = 1 << 2;
        while ((Mmio.Read(bank + Status) & queued) != 0) { }
    }

    /// <returns>Whether no error was flagged.</returns>
    private static bool Finish(uint bank)
    {
        const uint errors = 0x05EE0000; // WRPERR to DBECCERR, without single bits that were corrected
        Wait(bank);
        bool good = (Mmio.Read(bank + Status) & errors) == 0;
        Mmio.Write(bank + Control, Lock);
        FlashCache.Flush();
        return good;
    }
}
