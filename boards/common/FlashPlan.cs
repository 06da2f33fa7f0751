// SPDX-License-Identifier: MIT
// How a board's flash is divided, as the build linked it in for the app server.
using System.Runtime.InteropServices;

namespace Wamr.Nano.Boards;

/// <summary>What the build linked in. PlanTests holds it and tools/wnano/Flash/FlashPlan.cs together.</summary>
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
