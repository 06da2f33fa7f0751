// SPDX-License-Identifier: MIT
// Tracks references through the slots of a function, so that code cannot make a reference from a number. Few functions handle references.
// In all others, every slot is a number, and instructions that pass a reference are refused.
using Wamr.Nano.Core.Memory;
using Wamr.Nano.Core.RegisterCode;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Image.Bytecode;

internal static unsafe class BytecodeReferences
{
    /// <summary>
    /// Begins a function at unit <paramref name="start"/> of the code. If the map says that the function handles references, allocates two
    /// bits of the pool for each slot of its frame.
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

    /// <summary>Starts tracking references.</summary>
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

    /// <summary>Initially, parameters have their types, locals are null, and constants are numbers (0 is also null).</summary>
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

    /// <summary>Notes that values of these types lie from a slot on.</summary>
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

    /// <summary>Whether a slot holds a value of a type. A reference also counts as a number.</summary>
    internal static bool Is(Checking* c, uint slot, byte type) =>
        type == SlotContent.Number || (FrameContents.Get(&c->Slots, slot) & type) == type;

    /// <summary>
    /// Moves to the instruction at the position. If the map has entries for it, slots hold what the map says from now on; if execution
    /// <paramref name="falls"/> through to it, they must already do so. False if an entry of the map was skipped.
    /// </summary>
    internal static bool Arrive(Checking* c, bool falls)
    {
        FrameContents* s = &c->Slots;
        uint position = s->Start + c->Position;
        if (s->Next != s->End && s->Next->Position < position) return false;
        bool target = s->Next != s->End && s->Next->Position == position;
        if (!target)
        {
            // In that case, nothing leads here.
            if (!falls) FrameContents.Forget(s, 0);
            return true;
        }
        if (s->Words == null || (falls && !Meets(c, c->Position))) return false;
        FrameContents.Forget(s, 0);
        for (; s->Next != s->End && s->Next->Position == position; s->Next++)
        {
            // Slots must be in ascending order, so that a branch to this position examines each slot once.
            if (s->Next + 1 != s->End && s->Next[1].Position == position && s->Next[1].Slot <= s->Next->Slot) return false;
            if (s->Next->Slot == ReferenceEntry.NoSlot) continue;
            if (s->Next->Slot >= c->FrameSlots) return false;
            FrameContents.Set(s, s->Next->Slot, (byte)(s->Next->Type & SlotContent.Null));
        }
        return true;
    }

    /// <summary>Whether slots hold what the map says for a position of the function. The map must have an entry for it.</summary>
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
