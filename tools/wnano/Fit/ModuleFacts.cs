// SPDX-License-Identifier: MIT
// The facts about a module's linear memory, and about its use in an instance.
using System;
using System.Collections.Generic;
using Wamr.Nano.Tool.Trimming;

namespace Wamr.Nano.Tool.Fit;

/// <param name="PageBytes">Size of a page.</param>
/// <param name="MinPages">Pages at the start.</param>
/// <param name="MemoryBytes">The linear memory at the end of the run; 0 without one, or where it is imported.</param>
/// <param name="Truncated">It ends at the heap's base instead of a whole page.</param>
/// <param name="MayGrow">The code asks for more pages, or how many there are.</param>
/// <param name="DataEnd">Where the data ends; 0 if the module does not show that.</param>
/// <param name="HeapBase">Where the heap begins; 0 if the module does not show that.</param>
/// <param name="AuxStackBytes">The C stack; 0 if nothing is known.</param>
/// <param name="AppHeapBytes">App heap of the runtime inside the memory.</param>
/// <param name="LastByteUsed">Bytes up to and with the last one that is not zero.</param>
/// <param name="StackFirst">The C stack lies below the data.</param>
/// <param name="StaticEnd">Where the initial data ends, or the C stack after it. Data that is initially zero does not count.</param>
/// <param name="IsStackUnclear">A variable begins where the C stack would, and nothing proves that it is its pointer.</param>
/// <param name="Producer">What made the module.</param>
internal sealed record ModuleFacts(
    uint PageBytes, uint MinPages, uint MemoryBytes, bool Truncated, bool MayGrow, uint DataEnd, uint HeapBase, uint AuxStackBytes,
    uint AppHeapBytes,
    uint LastByteUsed, bool StackFirst, uint StaticEnd, bool IsStackUnclear, Producer Producer)
{
    /// <summary>Whether the code has run, so that the last used byte is known, and not only the initial data.</summary>
    internal bool HasRun { get; init; } = true;

    internal static unsafe ModuleFacts Of(NanoModule module, NanoInstance instance)
    {
        Core.Wasm.ModuleInfo* info = module.Pointer->Info;
        bool own = module.Pointer->OwnsMemory;
        MemoryInst* memory = own ? instance.Pointer->Memory : null;
        MemoryMap map = MemoryMap.Of(module);
        AuxStack* aux = &info->AuxStack;
        return new(
            own ? 1u << info->Memory.PageShift : 0, own ? info->Memory.Min : 0, own ? memory->Size : 0,
            info->Memory.TruncatedBytes != 0, info->Memory.MayGrow != 0,
            aux->DataEnd, aux->HeapBase, aux->Size, own && memory->AppHeap != null ? memory->AppHeap->Size : 0,
            own ? LastUsed(memory) : 0, aux->Size != 0 && aux->Size == aux->Bottom, map.StaticEnd, aux->Size == 0 && map.StackTop != 0,
                Producers.Of(module));
    }

    /// <summary>
    /// Where the memory would end if the module showed where its heap begins. Without that nobody sees where data end that begin as zero,
    /// unless the C stack lies behind them; so this may be less.
    /// </summary>
    internal uint CutBytes => HeapBase != 0 ? (HeapBase + 7) & ~7u : Math.Max((StaticEnd + 15) & ~15u, 16);

    /// <summary>Pages the memory has more than it begins with because of the app heap.</summary>
    internal uint PagesOfAppHeap =>
        AppHeapBytes == 0 || Truncated || MayGrow || MemoryBytes % PageBytes != 0 ? 0 : MemoryBytes / PageBytes - MinPages;

    /// <summary>The parts of the linear memory in the order of their names; they add up to it.</summary>
    internal IEnumerable<(string Name, uint Bytes)> MemoryParts()
    {
        if (HeapBase == 0 || HeapBase > MemoryBytes)
        {
            yield return ("not told apart", MemoryBytes - AppHeapBytes);
        }
        else
        {
            uint data = StackFirst ? DataEnd - AuxStackBytes : DataEnd;
            yield return ("data", data);
            yield return ("C stack", AuxStackBytes);
            yield return (AuxStackBytes == 0 && !IsStackUnclear ? "C stack the code does not use" : "rest below the heap",
                HeapBase - data - AuxStackBytes);
            yield return ("heap of the app", MemoryBytes - HeapBase - AppHeapBytes);
        }
        yield return ("heap of the runtime (--heap)", AppHeapBytes);
    }

    private static unsafe uint LastUsed(MemoryInst* memory) =>
        (uint)(new ReadOnlySpan<byte>(memory->Data, (int)Math.Min(memory->Size, int.MaxValue)).LastIndexOfAnyExcept((byte)0) + 1);
}
