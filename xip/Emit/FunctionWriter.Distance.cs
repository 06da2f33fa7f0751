// SPDX-License-Identifier: MIT
// How much code may run between two polls. If that is much, the code polls. The rule is the same as for the interpreter (PollDistance).
using System;

namespace Wamr.Nano.Xip.Emit;

internal sealed unsafe partial class FunctionWriter
{
    /// <summary>The approximate number of instructions without a poll, and the number that costs one unit, as a power of two.</summary>
    private const int MostDistance = 512, FuelShift = 7;

    /// <summary>The largest number that all processors can subtract in one instruction.</summary>
    private const int MostFuel = 255;

    /// <summary>The work of calling the host, in instructions.</summary>
    private const int HostCall = 16;

    /// <summary>Clearing up to this many slots of locals costs no fuel, because most locals are in registers.</summary>
    private const uint FewLocals = 256;

    /// <summary>The instructions since the last poll, on the longest way here.</summary>
    private int _distance;

    /// <summary>The units of fuel for the instructions since the last poll.</summary>
    private int Units => Math.Min(_distance >> FuelShift, MostFuel);

    /// <summary>After an instruction: counts it, and adds a poll if necessary.</summary>
    private void Advance(Opcode op)
    {
        if (_dead || _blocks.Count == 0 || !_facts.Options.Fuel) return;
        _distance += 1 + OpWork.Beside(op);
        Look(MostDistance);
    }

    /// <summary>Before a loop: the code before it must not cause a poll in the middle of the loop, at each iteration.</summary>
    private void BeforeLoop() => Look(MostDistance / 2);

    private void Look(int most)
    {
        if (_distance < most || !_facts.Options.Fuel) return;
        CloseWindow();
        _polls = true;
        Line(Fuel(Units));
        _distance = 0;
    }

    /// <summary>Notes that a way leads from here to the end of a block.</summary>
    private void LeadTo(Block block)
    {
        if (block.Op != Opcode.Loop) block.Distance = Math.Max(block.Distance, _distance);
    }

    /// <summary>The units of fuel for clearing the locals, if there are many.</summary>
    private int ClearedUnits()
    {
        uint slots = CModule.SlotsOf(_scan.Locals) - _type->ParamSlots;
        return slots < FewLocals ? 0 : (int)Math.Min(slots * sizeof(uint) / Core.Run.Fuel.BytesPerUnit, MostFuel);
    }
}
