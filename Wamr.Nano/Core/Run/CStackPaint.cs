// SPDX-License-Identifier: MIT
// How much of C's stack was used: it is painted before, and the lowest byte that lost its paint is looked for afterwards.
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Run;

internal static unsafe class CStackPaint
{
    private const byte Paint = 0xA5;

    /// <summary>Whether an instance's memory holds a C stack whose place its module shows.</summary>
    internal static bool IsKnown(Instance* instance)
    {
        AuxStack* stack = &instance->Module->Info->AuxStack;
        return stack->Size != 0 && instance->Memory != null && instance->Module->OwnsMemory && stack->Bottom <= instance->Memory->Size;
    }

    /// <summary>
    /// Paints a stack that <see cref="IsKnown"/>, up to what is no longer zero: a start function may have left something, which counts as
    /// used. An app that reads what it has not written sees the paint.
    /// </summary>
    internal static void Apply(Instance* instance)
    {
        byte* start = Start(instance);
        uint size = instance->Module->Info->AuxStack.Size;
        for (uint i = 0; i < size && start[i] == 0; i++) start[i] = Paint;
    }

    /// <summary>Bytes of a painted stack that were written.</summary>
    internal static uint Used(Instance* instance)
    {
        byte* start = Start(instance);
        uint left = instance->Module->Info->AuxStack.Size;
        for (; left != 0 && *start == Paint; start++) left--;
        return left;
    }

    private static byte* Start(Instance* instance)
    {
        AuxStack* stack = &instance->Module->Info->AuxStack;
        return instance->Memory->Data + stack->Bottom - stack->Size;
    }
}
