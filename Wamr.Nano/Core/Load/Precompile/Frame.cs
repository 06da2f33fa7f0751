// SPDX-License-Identifier: MIT
// Lays out the frame of a function (see RegCode): which slot each local has, where constants, save area and operands begin.
using Wamr.Nano.Core.RegisterCode;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Precompile;

internal static unsafe class Frame
{
    /// <summary>The number of slots that the operands of wide arithmetic take.</summary>
    private const uint ScratchSlots = 8;

    /// <summary>Assigns slots to locals and everything after them. <paramref name="runs"/> is at the declared locals.</summary>
    internal static WasmError Lay(Lowering* l, ByteReader* runs)
    {
        uint save = SaveArea.SlotsOf(l->Module);
        uint rest = l->ConstCount + save + l->Function->MaxStack;
        uint slot = l->Type->ParamSlots;
        uint locals = LocalSlotsOf(*runs);
        if (slot + locals + rest > Config.MaxFrameSlots)
            return Refuse(l, WasmError.TooManySlots, slot + locals + rest, Config.MaxFrameSlots);
        slot = PlaceParams(l);
        if (slot + locals + rest > Emit.ByteSlots)
        {
            // Operands whose slots a byte cannot name pass through scratch slots, which a byte must be able to name.
            l->Scratch = slot;
            slot += ScratchSlots;
            if (slot > Emit.ByteSlots) slot = Evict(l);
        }
        uint count = Read.U32(runs);
        uint index = l->Type->ParamCount;
        for (uint i = 0; i < count; i++) slot = PlaceRun(l, runs, &index, slot);
        l->ZeroSlots = slot - l->Type->ParamSlots;
        l->ConstBase = slot;
        l->SaveSlot = slot + l->ConstCount;
        l->Height = l->SaveSlot + save;
        l->FrameSlots = l->Height + l->Function->MaxStack;
        return WasmError.None;
    }

    /// <summary>
    /// Uses the last slots that a byte can name as scratch slots. Parameters that arrive there get slots after all others. Returns the next
    /// free slot.
    /// </summary>
    private static uint Evict(Lowering* l)
    {
        l->Scratch = Emit.ByteSlots - ScratchSlots;
        // Some of the scratch slots may lie after the parameters.
        uint slot = l->Type->ParamSlots > Emit.ByteSlots ? l->Type->ParamSlots : Emit.ByteSlots;
        for (uint i = 0; i < l->Type->ParamCount; i++)
        {
            uint at = Operands.LocalSlot(l, i), slots = Operands.LocalWidth(l, i);
            if (at >= Emit.ByteSlots || at + slots <= l->Scratch) continue;
            l->ParamSlots[i] = slot << 1 | (slots - 1);
            slot += slots;
        }
        return slot;
    }

    /// <summary>
    /// Writes the first instructions of a function, which move the parameters of <see cref="Evict"/> from where they arrive to their slots.
    /// </summary>
    internal static void MoveParams(Lowering* l)
    {
        uint arrived = 0;
        for (uint i = 0; i < l->Type->ParamCount; i++)
        {
            uint slots = Operands.LocalWidth(l, i);
            Emit.Copy(l, Operands.LocalSlot(l, i), arrived, slots == 2);
            arrived += slots;
        }
    }

    internal static void WriteHeader(Lowering* l)
    {
        Emit.Unit(l, l->FrameSlots);
        Emit.Unit(l, l->Type->ParamSlots);
        Emit.Unit(l, l->ZeroSlots);
        Emit.Unit(l, l->ConstCount);
        for (uint i = 0; i < l->ConstCount; i++) Emit.Word(l, l->Consts[i]);
    }

    /// <summary>Reports a function that exceeds a limit, with its value and the limit.</summary>
    internal static WasmError Refuse(Lowering* l, WasmError error, uint asked, uint limit)
    {
        ErrorInfo* info = l->Allocator->Error;
        info->Code = error;
        info->Index = (uint)(l->Function - l->Module->Functions);
        info->Offset = l->Function->Entry;
        info->Asked = asked;
        info->Free = limit;
        return error;
    }

    private static uint LocalSlotsOf(ByteReader runs)
    {
        uint slots = 0;
        uint count = Read.U32(&runs);
        for (uint i = 0; i < count; i++)
        {
            uint locals = Read.U32(&runs);
            slots += locals * ValTypes.Slots((ValType)Read.U8(&runs));
        }
        return slots;
    }

    private static uint PlaceRun(Lowering* l, ByteReader* runs, uint* index, uint slot)
    {
        uint count = Read.U32(runs);
        ValType type = (ValType)Read.U8(runs);
        if (count == 0) return slot;
        LocalRun* run = &l->Runs[l->RunCount++];
        run->First = *index;
        run->Slot = slot;
        run->Type = type;
        *index += count;
        return slot + count * ValTypes.Slots(type);
    }

    private static uint PlaceParams(Lowering* l)
    {
        uint slot = 0;
        for (uint i = 0; i < l->Type->ParamCount; i++)
        {
            uint slots = ValTypes.Slots((ValType)FuncTypes.Params(l->Type)[i]);
            l->ParamSlots[i] = slot << 1 | (slots - 1);
            slot += slots;
        }
        return slot;
    }
}
