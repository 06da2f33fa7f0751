// SPDX-License-Identifier: MIT
// How much code may run between two polls. If that is much, lowering adds an instruction that polls.
using Wamr.Nano.Core.RegisterCode;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Precompile;

/// <summary>
/// Follows the longest way through a function, and counts the units of code since the last poll. Calls and branches back are polls, and pay
/// for the code before them. Where ways meet, the longest one counts.
/// </summary>
internal static unsafe class PollDistance
{
    /// <summary>The approximate number of units without a poll, some 100 instructions. Loops of ordinary size stay below it.</summary>
    private const int Most = 256;

    private const uint MostFuel = 255;

    internal static int Units(Lowering* l) => (int)l->Pos - l->PolledAt;

    /// <summary>Continues with a way of the given length.</summary>
    internal static void Set(Lowering* l, int units) => l->PolledAt = (int)l->Pos - units;

    /// <summary>Notes that a way leads from here to the end of a block.</summary>
    internal static void Branch(Lowering* l, Label* label)
    {
        if (label->Op != Opcode.Loop && Units(l) > label->Units) label->Units = Units(l);
    }

    /// <summary>At the end of a block: all ways that lead here meet, including the one that falls through, if any.</summary>
    internal static void Meet(Lowering* l, Label* label, bool falls) =>
        Set(l, falls && Units(l) > label->Units ? Units(l) : label->Units);

    /// <summary>After an instruction: counts its work in addition to its code, and adds a poll if necessary.</summary>
    internal static void Behind(Lowering* l)
    {
        l->PolledAt -= OpWork.Beside(l->Instr.Op);
        Look(l, Most);
    }

    /// <summary>Before a loop: the code before it must not cause a poll in the middle of the loop, at each iteration.</summary>
    internal static void BeforeLoop(Lowering* l) => Look(l, Most / 2);

    private static void Look(Lowering* l, int most)
    {
        if (Units(l) < most) return;
        uint fuel = (uint)Units(l) >> RegCode.FuelShift;
        Emit.Op(l, RegOp.Poll, fuel < MostFuel ? fuel : MostFuel);
        l->PolledAt = (int)l->Pos;
    }
}
