// SPDX-License-Identifier: MIT
// The facts about an image's linear memory: those of its module, except for what was decided when it was compiled.
using System;
using Wamr.Nano.Xip.Image;

namespace Wamr.Nano.Tool.Fit;

/// <param name="Memory">The memory an instance gets.</param>
/// <param name="CanBeTruncated">It has whole pages by choice: compiled otherwise, it would end at the heap's base.</param>
/// <param name="TruncatedBytes">The memory's size then.</param>
/// <param name="IsNative">Machine code, with its operands on the native stack.</param>
/// <param name="StackMargin">The native stack that it needs after each check of the stack.</param>
internal sealed record ImageFacts(ModuleFacts Memory, bool CanBeTruncated, uint TruncatedBytes, bool IsNative, uint StackMargin)
{
    /// <param name="image">An image that is sound.</param>
    internal static unsafe ImageFacts Of(byte[] image)
    {
        using Estimation estimation = new(new() { Module = ImageSkeleton.Of(image) }, 0);
        ModuleFacts facts = estimation.Facts with { HasRun = false };
        fixed (byte* bytes = image)
        {
            bool native = ((ImageHeader*)bytes)->Kind == ImageKind.Native;
            uint margin = native ? ((ImageHeader*)bytes)->StackMargin : 0;
            MemoryType* memory = &((ModuleInfo*)(bytes + ((ImageHeader*)bytes)->InfoAt))->Memory;
            if (facts.MemoryBytes == 0) return new(facts, false, 0, native, margin);
            // The skeleton has no code that could grow the memory.
            uint whole = (uint)Math.Min((ulong)memory->Min << memory->PageShift, uint.MaxValue),
                size = memory->TruncatedBytes != 0 ? memory->TruncatedBytes : whole;
            bool byChoice = facts.Truncated && memory->TruncatedBytes == 0 && memory->MayGrow == 0;
            return new(facts with { MemoryBytes = size, Truncated = memory->TruncatedBytes != 0, MayGrow = memory->MayGrow != 0 }, byChoice,
                facts.MemoryBytes, native, margin);
        }
    }
}
