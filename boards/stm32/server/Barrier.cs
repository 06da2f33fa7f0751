// SPDX-License-Identifier: MIT
// Waits until what was written has arrived (barrier.c).
using System.Runtime.InteropServices;

namespace Wamr.Nano.Boards;

internal static class Barrier
{
    [DllImport("firmware", EntryPoint = "wn_barrier")]
    internal static extern void Pass();
}
