// SPDX-License-Identifier: MIT
// Checks the global of an instruction of register code: it exists, has the right width, and is mutable if it is written.
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Image.Bytecode;

internal static unsafe class BytecodeGlobals
{
    /// <summary>Whether a global can be read into slots.</summary>
    internal static bool Gets(Checking* c, Global* global, uint slot, uint slots) =>
        global != null && ValTypes.Slots(global->Type) == slots && BytecodeInstr.Writes(c, slot, slots, SlotContent.Of(global->Type));

    /// <summary>Whether a global can be written from slots.</summary>
    internal static bool Sets(Checking* c, Global* global, uint slot, uint slots) =>
        global != null && global->Mutable != 0 && ValTypes.Slots(global->Type) == slots && BytecodeInstr.Reads(c, slot, slots)
            && BytecodeReferences.Is(c, slot, SlotContent.Of(global->Type));

    internal static Global* Imported(Module* m, uint number) => number < m->ImportedGlobals ? &m->Globals[number] : null;

    /// <summary>
    /// The module's own global that begins at a slot of the instance's globals, or null. The slots are in ascending order.
    /// </summary>
    internal static Global* Own(Module* m, uint slot)
    {
        uint low = m->ImportedGlobals, high = m->GlobalCount;
        while (low < high)
        {
            uint middle = (low + high) / 2;
            if (m->Globals[middle].Slot < slot) low = middle + 1;
            else high = middle;
        }
        return low < m->GlobalCount && m->Globals[low].Slot == slot ? &m->Globals[low] : null;
    }

    /// <summary>Whether an own global is the stack pointer, whose value is checked when it is set.</summary>
    internal static bool IsAux(Module* m, uint slot)
    {
        uint index = m->Info->AuxStack.Global;
        return index != Module.NoIndex && m->Globals[index].Slot == slot;
    }
}
