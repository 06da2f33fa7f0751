// SPDX-License-Identifier: MIT
// The serial flash beside an RP2040 or RP2350, through the functions of the boot ROM (flash.c).
using System.Runtime.InteropServices;

namespace Wamr.Nano.Boards;

internal static unsafe class FlashController
{
    private const uint Origin = 0x10000000;

    [DllImport("firmware", EntryPoint = "wn_flash_erase")]
    private static extern void EraseSectors(uint offset, uint size);

    [DllImport("firmware", EntryPoint = "wn_flash_program")]
    private static extern void ProgramBytes(uint offset, byte* bytes, uint size);

    /// <summary>Erases sectors. The chip reports no failure, so the caller must read back.</summary>
    internal static bool Erase(uint address, uint unit, uint size)
    {
        EraseSectors(address - Origin, size);
        return true;
    }

    internal static bool Program(uint address, byte* bytes, uint size)
    {
        ProgramBytes(address - Origin, bytes, size);
        return true;
    }
}
