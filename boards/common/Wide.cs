// SPDX-License-Identifier: MIT
// Division of a 64-bit number by a small one in steps of 32 bits: the compiler's own would be the largest function of a small firmware.
namespace Wamr.Nano.Boards;

internal static unsafe class Wide
{
    /// <summary>Quotient and remainder.</summary>
    /// <param name="value">The dividend.</param>
    /// <param name="divisor">Below 65,536, not 0.</param>
    /// <param name="rest">Receives the remainder.</param>
    internal static ulong Divide(ulong value, uint divisor, uint* rest)
    {
        uint high = (uint)(value >> 32), low = (uint)value;
        uint middle = high % divisor << 16 | low >> 16;
        uint last = middle % divisor << 16 | (low & 0xFFFF);
        *rest = last % divisor;
        return (ulong)(high / divisor) << 32 | (middle / divisor << 16) + last / divisor;
    }
}
