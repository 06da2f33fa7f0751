// SPDX-License-Identifier: MIT
// The bytes that a serial port has received and nothing has read yet (ring.c).
using System.Runtime.InteropServices;

namespace Wamr.Nano.Boards;

internal static unsafe class Ring
{
    /// <summary>Called by the port's interrupt. If there is no room, the byte is lost, and the client sends its request again.</summary>
    [DllImport("firmware", EntryPoint = "wn_ring_put")]
    internal static extern void Put(byte value);

    /// <summary>Sleeps until the next interrupt, of a byte or the timer. Does not sleep if there are bytes.</summary>
    [DllImport("firmware", EntryPoint = "wn_ring_wait")]
    internal static extern void Wait();

    /// <summary>Reads bytes, up to the given number.</summary>
    [DllImport("firmware", EntryPoint = "wn_ring_take")]
    internal static extern uint Take(byte* bytes, uint size);
}
