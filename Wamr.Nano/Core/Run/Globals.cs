// SPDX-License-Identifier: MIT
// Global instances (spec chapter 4.2.9): 32-bit cells in the owning instance, two for i64 and f64.
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Run;

internal static unsafe class Globals
{
    /// <summary>The first cell of a global, its own or imported. The index must be valid.</summary>
    internal static uint* Cell(Instance* instance, uint index)
    {
        uint slot = instance->Module->Globals[index].Slot;
        return index < instance->Module->ImportedGlobals ? instance->ImportedGlobals[slot] : instance->Globals + slot;
    }

    /// <summary>The bits of a global. A 32-bit value is in the low half.</summary>
    internal static ulong Load(Instance* instance, uint index)
    {
        uint* cell = Cell(instance, index);
        return Slots(instance, index) == 1 ? *cell : Raw.Load64((byte*)cell);
    }

    /// <summary>Sets the bits of a global, even if it is immutable: for the host, which checks that first, and for initialisers.</summary>
    internal static void Store(Instance* instance, uint index, ulong value)
    {
        uint* cell = Cell(instance, index);
        if (Slots(instance, index) == 1) *cell = (uint)value;
        else Raw.Store64((byte*)cell, value);
    }

    /// <summary>Evaluates the initialisers of its own globals, in order, because each may use globals before it.</summary>
    internal static void Init(Instance* instance)
    {
        Module* module = instance->Module;
        for (uint index = module->ImportedGlobals; index < module->GlobalCount; index++)
            Store(instance, index, ConstEval.Value(instance, module->Bytes + module->Globals[index].Entry));
    }

    /// <summary>The instance to whose own globals <paramref name="cell"/> belongs.</summary>
    internal static Instance* OwnerOf(Runtime* rt, uint* cell)
    {
        for (uint id = 1; id < rt->InstanceCapacity; id++)
        {
            Instance* i = rt->Instances[id];
            if (i != null && cell >= i->Globals && cell < i->Globals + i->Module->Info->GlobalSlots) return i;
        }
        return null;
    }

    private static uint Slots(Instance* instance, uint index) => ValTypes.Slots(instance->Module->Globals[index].Type);
}
