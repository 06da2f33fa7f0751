// SPDX-License-Identifier: MIT
// The known contents of the slots of a frame at one point of a function: which hold references, and of which type.
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Image.Bytecode;

/// <summary>The type of a slot's value, two bits. Null, which is 0, is a reference of either type.</summary>
internal static class SlotContent
{
    internal const byte Number = 0, Func = 1, Extern = 2, Null = 3;

    internal static byte Of(ValType type) => type == ValType.FuncRef ? Func : type == ValType.ExternRef ? Extern : Number;
}

/// <summary>The types of the slots of a frame, and the map that gives them at branch targets.</summary>
internal unsafe struct FrameContents
{
    private const int PerWord = 16;

    /// <summary>The types, 16 per word, in a block of the pool; null if references are not tracked, and every slot is a number.</summary>
    internal uint* Words;
    internal uint WordCount;

    /// <summary>The number of units of code before the function, because positions in the map count from the start of the code.</summary>
    internal uint Start;

    /// <summary>The map, and its first entry that is not yet reached.</summary>
    internal ReferenceEntry* First;
    internal ReferenceEntry* Next;
    internal ReferenceEntry* End;

    /// <summary>Called where execution may reach a position: whether slots hold what the map says there.</summary>
    internal delegate*<Checking*, uint, bool> Meets;

    /// <summary>The number of words for the types of the given number of slots.</summary>
    internal static uint WordsFor(uint slots) => (slots + PerWord - 1) / PerWord;

    internal static byte Get(FrameContents* s, uint slot) =>
        s->Words == null ? SlotContent.Number : (byte)(s->Words[slot / PerWord] >> (int)(slot % PerWord * 2) & 3);

    internal static void Set(FrameContents* s, uint slot, byte type)
    {
        if (s->Words == null) return;
        int shift = (int)(slot % PerWord * 2);
        s->Words[slot / PerWord] = (s->Words[slot / PerWord] & ~(3u << shift)) | (uint)type << shift;
    }

    /// <summary>Forgets what is known from a slot of the frame on.</summary>
    internal static void Forget(FrameContents* s, uint from)
    {
        uint word = from / PerWord;
        if (word >= s->WordCount) return;
        s->Words[word] &= (1u << (int)(from % PerWord * 2)) - 1;
        while (++word < s->WordCount) s->Words[word] = 0;
    }
}
