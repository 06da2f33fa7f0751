// SPDX-License-Identifier: MIT
// Follows references through the slots of a function, so that none is made of a number: code that handles references may hold on to what it
// was given, and to nothing else. Few functions do; of all others every slot is a number, and instructions that hand on a reference are
// refused.
using Wamr.Nano.Core.Memory;
using Wamr.Nano.Core.RegisterCode;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Image.Bytecode;

internal static unsafe class BytecodeReferences
{
    /// <summary>
    /// At the entry of a function that begins at unit <paramref name="start"/> of the code: takes two bits of the pool for each slot of its
    /// frame if the map says that it handles references.
    /// </summary>
    internal static WasmError Open(Checking* c, uint start, ReferenceEntry* next, ReferenceEntry* first, ReferenceEntry* end)
    {
        FrameContents* s = &c->Slots;
        s->Start = start;
        s->First = first;
        s->Next = next;
        s->End = end;
        s->Meets = &Meets;
        if (next == end || next->Position != start || next->Slot != ReferenceEntry.NoSlot) return WasmError.None;
        s->Next = next + 1;
        return Follow(c);
    }

    /// <summary>From now on references are followed.</summary>
    internal static WasmError Follow(Checking* c)
    {
        FrameContents* s = &c->Slots;
        uint words = FrameContents.WordsFor(c->FrameSlots);
        s->Words = (uint*)Allocator.AllocTransient(c->Allocator, words * sizeof(uint), MemoryCategory.Module);
        if (s->Words == null) return c->Allocator->Error->Code;
        s->WordCount = words;
        Enter(c);
        return WasmError.None;
    }

    /// <summary>Parameters are of their types, locals null, constants what they are.</summary>
    internal static void Enter(Checking* c)
    {
        FrameContents* s = &c->Slots;
        FrameContents.Forget(s, 0);
        Give(c, FuncTypes.Params(c->Type), c->Type->ParamCount, 0);
        uint slot = c->Type->ParamSlots;
        for (uint n = c->Code[RegCode.ZeroSlots]; n != 0; n--) FrameContents.Set(s, slot++, SlotContent.Null);
        uint* constants = (uint*)(c->Code + RegCode.HeaderUnits);
        for (uint n = 0; n < c->Code[RegCode.ConstSlots]; n++)
            FrameContents.Set(s, slot++, constants[n] == 0 ? SlotContent.Null : SlotContent.Number);
    }

    /// <summary>Values of these types lie from a slot on.</summary>
    internal static void Give(Checking* c, byte* types, uint count, uint slot)
    {
        for (uint i = 0; i < count && c->Slots.Words != null; i++)
        {
            FrameContents.Set(&c->Slots, slot, SlotContent.Of((ValType)types[i]));
            slot += ValTypes.Slots((ValType)types[i]);
        }
    }

    /// <summary>Whether values of these types lie from a slot on.</summary>
    internal static bool Has(Checking* c, byte* types, uint count, uint slot)
    {
        for (uint i = 0; i < count; i++)
        {
            if (!Is(c, slot, SlotContent.Of((ValType)types[i]))) return false;
            slot += ValTypes.Slots((ValType)types[i]);
        }
        return true;
    }

    /// <summary>Whether a slot holds what a type asks for; a reference will do for a number.</summary>
    internal static bool Is(Checking* c, uint slot, byte type) =>
        type == SlotContent.Number || (FrameContents.Get(&c->Slots, slot) & type) == type;

    /// <summary>
    /// The instruction at the position is next: from now on slots hold what the map says, if it says something. Where control
    /// <paramref name="falls"/> into it, they must have done so before. False of an entry that was passed by.
    /// </summary>
    internal static bool Arrive(Checking* c, bool falls)
    {
        FrameContents* s = &c->Slots;
        uint position = s->Start + c->Position;
        if (s->Next != s->End && s->Next->Position < position) return false;
        bool target = s->Next != s->End && s->Next->Position == position;
        if (!target)
        {
            // Nothing leads here, then.
            if (!falls) FrameContents.Forget(s, 0);
            return true;
        }
        if (s->Words == null || (falls && !Meets(c, c->Position))) return false;
        FrameContents.Forget(s, 0);
        for (; s->Next != s->End && s->Next->Position == position; s->Next++)
        {
            // Slots ascend, so that a branch to this position looks at each once.
            if (s->Next + 1 != s->End && s->Next[1].Position == position && s->Next[1].Slot <= s->Next->Slot) return false;
            if (s->Next->Slot == ReferenceEntry.NoSlot) continue;
            if (s->Next->Slot >= c->FrameSlots) return false;
            FrameContents.Set(s, s->Next->Slot, (byte)(s->Next->Type & SlotContent.Null));
        }
        return true;
    }

    /// <summary>Whether slots hold what the map says of a position of the function; it must say something.</summary>
    private static bool Meets(Checking* c, uint position)
    {
        FrameContents* s = &c->Slots;
        if (s->Words == null) return true;
        position += s->Start;
        ReferenceEntry* low = s->First, high = s->End;
        while (low < high)
        {
            ReferenceEntry* middle = low + (high - low) / 2;
            if (middle->Position < position) low = middle + 1;
            else high = middle;
        }
        if (low == s->End || low->Position != position) return false;
        for (; low != s->End && low->Position == position; low++)
            if (low->Slot != ReferenceEntry.NoSlot
                && (low->Slot >= c->FrameSlots || !Is(c, low->Slot, (byte)(low->Type & SlotContent.Null))))
                return false;
        return true;
    }
}
