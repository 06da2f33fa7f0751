// SPDX-License-Identifier: MIT
// How a board's flash is divided, as the build linked it in for the app server.
using System.Runtime.InteropServices;

namespace Wamr.Nano.Boards;

/// <summary>What the build linked in; tools/wnano/Flash/FlashPlan.cs writes the same fields in the same order.</summary>
internal unsafe struct FlashPlan
{
    internal FlashRun* Runs;
    internal FlashSlot* Slots;
    internal byte* Board;
    internal uint RunCount;
    internal uint SlotCount;
    internal uint BoardLength;
    internal uint WriteUnit;

    /// <summary>Address of the first byte of flash.</summary>
    internal uint Origin;

    [DllImport("firmware", EntryPoint = "wn_flash")]
    internal static extern FlashPlan* Get();
}
