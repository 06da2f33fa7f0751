// SPDX-License-Identifier: MIT
// The layout of a board's flash, which the build links in for the app server.
using System.Runtime.InteropServices;

namespace Wamr.Nano.Boards;

/// <summary>The linked data. PlanTests compares it with tools/wnano/Flash/FlashPlan.cs.</summary>
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
