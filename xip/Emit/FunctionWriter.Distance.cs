// SPDX-License-Identifier: MIT
// How much code may run between two looks at the fuel: where that is much, it looks. The same rule as the interpreter's (PollDistance).
using System;

namespace Wamr.Nano.Xip.Emit;

internal sealed unsafe partial class FunctionWriter
{
    /// <summary>Instructions without a look, about, and those that cost a unit, as a power of two.</summary>
    private const int MostDistance = 512, FuelShift = 7;

    /// <summary>What a processor can subtract at once.</summary>
    private const int MostFuel = 255;

    /// <summary>What calling the host takes, in instructions.</summary>
    private const int HostCall = 16;

    /// <summary>Locals, in slots, whose clearing is not worth counting: most are registers.</summary>
    private const uint FewLocals = 256;

    /// <summary>Instructions since the last look, on the longest way here.</summary>
    private int _distance;

    /// <summary>Units that the instructions since the last look cost.</summary>
    private int Units => Math.Min(_distance >> FuelShift, MostFuel);

    /// <summary>Behind an instruction: counts it, and looks where it is time to.</summary>
    private void Advance(Opcode op)
    {
        if (_dead || _blocks.Count == 0 || !_facts.Options.Fuel) return;
        _distance += 1 + OpWork.Beside(op);
        Look(MostDistance);
    }

    /// <summary>Before a loop: what leads to it must not make the loop look in its middle, each time round.</summary>
    private void BeforeLoop() => Look(MostDistance / 2);

    private void Look(int most)
    {
        if (_distance < most || !_facts.Options.Fuel) return;
        CloseWindow();
        _polls = true;
        Line(Fuel(Units));
        _distance = 0;
    }

    /// <summary>A way leads from here to the end of a block.</summary>
    private void LeadTo(Block block)
    {
        if (block.Op != Opcode.Loop) block.Distance = Math.Max(block.Distance, _distance);
    }

    /// <summary>Units of fuel for clearing the locals, where there are many.</summary>
    private int ClearedUnits()
    {
        uint slots = CModule.SlotsOf(_scan.Locals) - _type->ParamSlots;
        return slots < FewLocals ? 0 : (int)Math.Min(slots * sizeof(uint) / Core.Run.Fuel.BytesPerUnit, MostFuel);
    }
}
