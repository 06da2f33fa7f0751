// SPDX-License-Identifier: MIT
// This board has no flash that code can write. The emulator keeps its PSRAM in a file, and this is what makes flash of it: erased bytes
// are 0xFF, and programming only clears bits.

namespace Wamr.Nano.Boards;

internal static unsafe class FlashController
{
    internal static bool Erase(uint address, uint unit, uint size)
    {
        Raw.Fill((byte*)(nuint)address, 0xFF, size);
        return true;
    }

    internal static bool Program(uint address, byte* bytes, uint size)
    {
        for (uint i = 0; i < size; i++) Mmio.WriteByte(address + i, (byte)(Mmio.ReadByte(address + i) & bytes[i]));
        return true;
    }
}
