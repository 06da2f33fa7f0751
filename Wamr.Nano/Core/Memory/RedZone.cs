// SPDX-License-Identifier: MIT
// Optional guard bytes around each block: 8 bytes before it, which also depend on its size and address, and at least 4 bytes after its last
// byte.
using Wamr.Nano.Core.Platform;

namespace Wamr.Nano.Core.Memory;

/// <summary>
/// A block with red zones: size (4), guard (4), payload, guard bytes to the end of the block. The first guard depends on size and address,
/// so that neither a byte written before the payload nor a copy of a block goes unnoticed.
/// </summary>
internal static unsafe class RedZone
{
    private const uint Front = 8;
    private const uint Back = 4;
    private const uint Pattern = 0x9E3779B9;
    private const byte Guard = 0xFD;

    /// <summary>Bytes from block to payload.</summary>
    internal static uint Before(Allocator* a) => AreOn(a) ? Front : 0;

    /// <summary>The number of bytes that a block needs in addition to its payload.</summary>
    internal static uint Bytes(Allocator* a) => AreOn(a) ? Front + Back : 0;

    /// <summary>Writes the red zones, if any, around <paramref name="size"/> bytes in the block. Returns the payload.</summary>
    internal static void* Put(Allocator* a, byte* block, uint size)
    {
        if (!AreOn(a)) return block;
        ((uint*)block)[0] = size;
        ((uint*)block)[1] = GuardOf(block, size);
        Raw.Fill(block + Front + size, Guard, Allocator.Usable(a, block) - Front - size);
        return block + Front;
    }

    /// <summary>Whether the red zones, if any, of a live block are unchanged.</summary>
    internal static bool IsIntact(Allocator* a, byte* block)
    {
        if (!AreOn(a)) return true;
        uint size = ((uint*)block)[0], usable = Allocator.Usable(a, block);
        if (usable < Front + Back || size > usable - Front - Back || ((uint*)block)[1] != GuardOf(block, size)) return false;
        for (uint i = Front + size; i < usable; i++)
            if (block[i] != Guard) return false;
        return true;
    }

    private static bool AreOn(Allocator* a) => Config.RedZones && a->RedZones;

    private static uint GuardOf(byte* block, uint size) => Pattern ^ size ^ (uint)(nuint)block;
}
