// SPDX-License-Identifier: MIT
// Device registers: every access happens, in program order, with the width written here.
namespace Wamr.Nano.Boards;

internal static unsafe class Mmio
{
    private struct Word
    {
        internal volatile uint Value;
    }

    private struct Octet
    {
        internal volatile byte Value;
    }

    internal static uint Read(uint address) => ((Word*)(nuint)address)->Value;

    internal static void Write(uint address, uint value) => ((Word*)(nuint)address)->Value = value;

    /// <summary>Sets bits of a register; the others stay.</summary>
    internal static void Set(uint address, uint bits) => Write(address, Read(address) | bits);

    internal static byte ReadByte(uint address) => ((Octet*)(nuint)address)->Value;

    internal static void WriteByte(uint address, byte value) => ((Octet*)(nuint)address)->Value = value;
}
