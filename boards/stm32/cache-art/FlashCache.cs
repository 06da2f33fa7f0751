// SPDX-License-Identifier: MIT
// The instruction and data caches before the flash of F4, L4 and WB: they know nothing of erasing (RM0090, RM0351: "FLASH_ACR").
namespace Wamr.Nano.Boards;

internal static class FlashCache
{
    private const uint Instructions = 1 << 9, Data = 1 << 10, ResetInstructions = 1 << 11, ResetData = 1 << 12;

    /// <summary>Forgets what the caches hold; they are on afterwards.</summary>
    internal static void Flush()
    {
        uint access = Mmio.Read(Clocks.FlashAccess) & ~(Instructions | Data);
        Mmio.Write(Clocks.FlashAccess, access);
        Mmio.Write(Clocks.FlashAccess, access | ResetInstructions | ResetData);
        Mmio.Write(Clocks.FlashAccess, access);
        Mmio.Write(Clocks.FlashAccess, access | Instructions | Data);
    }
}
