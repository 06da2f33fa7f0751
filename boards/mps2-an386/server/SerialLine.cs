// SPDX-License-Identifier: MIT
// What an MPS2 board receives: its port holds one byte, and the emulator waits until it is taken.
namespace Wamr.Nano.Boards;

internal static unsafe class SerialLine
{
    internal static void Listen() => Mps2.Listen(Fpga.Serial);

    internal static uint Receive(byte* bytes, uint size) => Mps2.Receive(Fpga.Serial, bytes, size);
}
