// SPDX-License-Identifier: MIT
// What a serial port has received and nobody has taken yet (ring.c).
using System.Runtime.InteropServices;

namespace Wamr.Nano.Boards;

internal static unsafe class Ring
{
    /// <summary>Called by the port's interrupt. What finds no room is lost: the console asks again.</summary>
    [DllImport("firmware", EntryPoint = "wn_ring_put")]
    internal static extern void Put(byte value);

    /// <summary>Sleeps until the next interrupt, be it a byte's or the timer's; not at all where bytes are there.</summary>
    [DllImport("firmware", EntryPoint = "wn_ring_wait")]
    internal static extern void Wait();

    /// <summary>Takes up to so many bytes.</summary>
    [DllImport("firmware", EntryPoint = "wn_ring_take")]
    internal static extern uint Take(byte* bytes, uint size);
}
