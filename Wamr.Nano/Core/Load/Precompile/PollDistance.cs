// SPDX-License-Identifier: MIT
// How much code may run between two looks at the fuel: where that is much, an instruction looks.
using Wamr.Nano.Core.RegisterCode;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Precompile;

/// <summary>
/// Follows the longest way through a function: units of code since the last look. A call looks, and so does a branch back, and both pay for
/// what leads to them; ways that meet go on as the longest of them.
/// </summary>
internal static unsafe class PollDistance
{
    /// <summary>Units of code without a look, about: some 100 instructions. Loops of the size compilers make stay below.</summary>
    private const int Most = 256;

    private const uint MostFuel = 255;

    internal static int Units(Lowering* l) => (int)l->Pos - l->PolledAt;

    /// <summary>The way goes on here as one that is so long.</summary>
    internal static void Set(Lowering* l, int units) => l->PolledAt = (int)l->Pos - units;

    /// <summary>A way leads from here to the end of a block.</summary>
    internal static void Branch(Lowering* l, Label* label)
    {
        if (label->Op != Opcode.Loop && Units(l) > label->Units) label->Units = Units(l);
    }

    /// <summary>The end of a block: what falls out of it, if anything does, and all ways that lead here meet.</summary>
    internal static void Meet(Lowering* l, Label* label, bool falls) =>
        Set(l, falls && Units(l) > label->Units ? Units(l) : label->Units);

    /// <summary>Behind an instruction: counts what it takes beside its code, and looks where it is time to.</summary>
    internal static void Behind(Lowering* l)
    {
        l->PolledAt -= OpWork.Beside(l->Instr.Op);
        Look(l, Most);
    }

    /// <summary>Before a loop: what leads to it must not make the loop look in its middle, each time round.</summary>
    internal static void BeforeLoop(Lowering* l) => Look(l, Most / 2);

    private static void Look(Lowering* l, int most)
    {
        if (Units(l) < most) return;
        uint fuel = (uint)Units(l) >> RegCode.FuelShift;
        Emit.Op(l, RegOp.Poll, fuel < MostFuel ? fuel : MostFuel);
        l->PolledAt = (int)l->Pos;
    }
}
