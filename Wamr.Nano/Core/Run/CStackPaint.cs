// SPDX-License-Identifier: MIT
// Measures how much of the C stack was used: paints it with a pattern first, and looks for the lowest overwritten byte afterwards.
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Run;

internal static unsafe class CStackPaint
{
    private const byte Paint = 0xA5;

    /// <summary>Whether an instance's memory has a C stack, and the module shows where it lies.</summary>
    internal static bool IsKnown(Instance* instance)
    {
        AuxStack* stack = &instance->Module->Info->AuxStack;
        return stack->Size != 0 && instance->Memory != null && instance->Module->OwnsMemory && stack->Bottom <= instance->Memory->Size;
    }

    /// <summary>
    /// Paints a stack for which <see cref="IsKnown"/> is true, up to the first byte that is not zero. Such bytes come from a start
    /// function, and count as used. If an app reads stack memory that it has not written, it reads the paint.
    /// </summary>
    internal static void Apply(Instance* instance)
    {
        byte* start = Start(instance);
        uint size = instance->Module->Info->AuxStack.Size;
        for (uint i = 0; i < size && start[i] == 0; i++) start[i] = Paint;
    }

    /// <summary>The number of bytes of a painted stack that were used.</summary>
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
