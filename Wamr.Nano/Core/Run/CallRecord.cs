// SPDX-License-Identifier: MIT
// The record that a call from register code into another instance leaves on the operand stack, between the frames of caller and callee.
using Wamr.Nano.Core.RegisterCode;

namespace Wamr.Nano.Core.Run;

/// <summary>Slots of the caller's frame, below the arguments: return address, then these.</summary>
internal static unsafe class CallRecord
{
    private const int InstanceId = 0, Frame = 1, Results = 2, FieldSlots = 3;

    private static uint AddressSlots => (uint)sizeof(nuint) / 4;

    internal static uint Slots => AddressSlots + FieldSlots;

    /// <summary>
    /// Records the return to <paramref name="caller"/>, whose frame begins <paramref name="frame"/> slots below the record.
    /// </summary>
    internal static void Set(uint* record, byte* returnTo, Instance* caller, uint frame, uint results)
    {
        SaveArea.Set(record, returnTo, caller->Id);
        record[AddressSlots + Frame] = frame;
        record[AddressSlots + Results] = results;
    }

    /// <summary>
    /// The instance to which a record in a frame of <paramref name="callee"/> returns. It is alive, because a run keeps it alive.
    /// </summary>
    internal static Instance* Caller(Instance* callee, uint* record) => callee->Runtime->Instances[record[AddressSlots + InstanceId]];

    /// <summary>The slots between a record and the caller's frame.</summary>
    internal static uint FrameOf(uint* record) => record[AddressSlots + Frame];

    internal static uint ResultsOf(uint* record) => record[AddressSlots + Results];
}
