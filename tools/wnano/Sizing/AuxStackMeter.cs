// SPDX-License-Identifier: MIT
// How much of the C shadow stack a run uses: it is painted before, and the lowest byte that lost its paint is looked for afterwards.
using System;

namespace Wamr.Nano.Tool.Sizing;

internal static unsafe class AuxStackMeter
{
    private const byte Paint = 0xA5;

    /// <summary>Bytes of it that were written; null where its place is not known, or where paint changes what the app does.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="stackBytes">Operand stack it gets.</param>
    /// <param name="expected">What it does without paint.</param>
    internal static uint? Measure(RunRequest request, uint stackBytes, Outcome expected)
    {
        using HostRun run = new(request, 0, stackBytes);
        AuxStack* aux = &run.Module.Pointer->Info->AuxStack;
        MemoryInst* memory = run.Instance.Pointer->Memory;
        if (aux->Size == 0 || memory == null || aux->Bottom > memory->Size) return null;
        Span<byte> stack = new(memory->Data + aux->Bottom - aux->Size, (int)aux->Size);
        // A start function may have left something; it counts as used.
        for (int i = 0; i < stack.Length && stack[i] == 0; i++) stack[i] = Paint;
        try
        {
            if (run.Execute() != expected) return null;
        }
        catch (WasmException)
        {
            return null;
        }
        int untouched = new ReadOnlySpan<byte>(run.Instance.Pointer->Memory->Data + aux->Bottom - aux->Size, (int)aux->Size).IndexOfAnyExcept(Paint);
        return untouched < 0 ? 0 : aux->Size - (uint)untouched;
    }
}
