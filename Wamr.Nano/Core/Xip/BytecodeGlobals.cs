// SPDX-License-Identifier: MIT
// Checks which global an instruction of register code means: it exists, has the width, and is variable where it is written.
namespace Wamr.Nano.Core;

internal static unsafe class BytecodeGlobals
{
    /// <summary>One of the module's own, by its first slot.</summary>
    internal static bool Own(Module* m, uint slot, uint slots, bool written)
    {
        Global* global = At(m, slot);
        return global != null && Fits(global, slots, written);
    }

    internal static bool Imported(Module* m, uint number, uint slots, bool written) =>
        number < m->ImportedGlobals && Fits(&m->Globals[number], slots, written);

    /// <summary>The stack pointer, whose value is checked when it is set.</summary>
    internal static bool Aux(Module* m, uint slot)
    {
        uint index = m->Info->AuxStack.Global;
        return index != Module.NoIndex && m->Globals[index].Slot == slot;
    }

    /// <summary>The own global that begins at a slot, or null. Their slots ascend.</summary>
    internal static Global* At(Module* m, uint slot)
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

    private static bool Fits(Global* global, uint slots, bool written) =>
        ValTypes.Slots(global->Type) == slots && (!written || global->Mutable != 0);
}
