// SPDX-License-Identifier: MIT
// Checks one instruction of register code, with one line per shape. So a new opcode is checked like the others of its shape, and an opcode
// of a new shape is refused until there is a line for it.
using Wamr.Nano.Core.RegisterCode;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Image.Bytecode;

internal static unsafe class BytecodeInstr
{
    /// <summary>The longest access that FarAddress prepares.</summary>
    private const uint MaxAccess = 8;

    /// <summary>Whether execution may continue with the instruction after one of this shape.</summary>
    internal static bool Falls(byte shape) => shape is not (Shape.Code or Shape.Off or Shape.Off32 or Shape.Table or Shape.Save
        or Shape.ASave or Shape.SaveMany or Shape.CallSave);

    internal static bool Check(Checking* c, RegOp op, byte shape, ushort* at)
    {
        // Instructions that access the memory need one.
        if (op is >= RegOp.MemorySize and <= RegOp.I64StoreAt8 && c->Module->Info->Memory.Present == 0) return false;
        return shape <= Shape.CallTableSave ? BytecodeControl.Check(c, op, shape, at) : Plain(c, op, shape, at);
    }

    /// <summary>Whether slots lie in the frame, outside its save area, which only the interpreter uses.</summary>
    internal static bool Reads(Checking* c, uint slot, uint count) =>
        slot + count <= c->FrameSlots && (slot + count <= c->SaveSlot || slot >= c->OperandSlot);

    /// <summary>Like <see cref="Reads"/>, for slots that will hold a value of that type.</summary>
    internal static bool Writes(Checking* c, uint slot, uint count, byte type)
    {
        if (!Reads(c, slot, count)) return false;
        FrameContents.Set(&c->Slots, slot, type);
        for (uint i = 1; i < count; i++) FrameContents.Set(&c->Slots, slot + i, SlotContent.Number);
        return true;
    }

    private static bool Plain(Checking* c, RegOp op, byte shape, ushort* at)
    {
        byte wide = RegOpTable.Wide(op);
        uint d = (wide & W.D) != 0 ? 2u : 1u, a = (wide & W.A) != 0 ? 2u : 1u, b = (wide & W.B) != 0 ? 2u : 1u;
        uint first = High(*at);
        switch (shape)
        {
            // Any operand is allowed, because a profile trusts nothing.
            case Shape.Count: return c->Module->Profiled != 0;
            case Shape.DA16: return Copies(c, at[1], first, d);
            case Shape.AD16: return Copies(c, first, at[1], d);
            case Shape.DI16: return Writes(c, first, d, at[1] == 0 && d == 1 ? SlotContent.Null : SlotContent.Number);
            case Shape.DI32 or Shape.DI64 or Shape.D: return Writes(c, first, d, SlotContent.Number);
            case Shape.DABC: return Reads(c, Low(at[2]), 1) && Selects(c, Low(at[1]), High(at[1]), first, d);
            case Shape.DGlobal: return BytecodeGlobals.Gets(c, BytecodeGlobals.Own(c->Module, at[1]), first, d);
            case Shape.AGlobal:
                return BytecodeGlobals.Sets(c, BytecodeGlobals.Own(c->Module, at[1]), first, a)
                    && (op != RegOp.GlobalSetAux || BytecodeGlobals.IsAux(c->Module, at[1]));
            case Shape.DImport: return BytecodeGlobals.Gets(c, BytecodeGlobals.Imported(c->Module, at[1]), first, d);
            case Shape.AImport: return BytecodeGlobals.Sets(c, BytecodeGlobals.Imported(c->Module, at[1]), first, a);
            case Shape.DA: return Reads(c, Low(at[1]), a) && Writes(c, first, d, SlotContent.Number);
            case Shape.DAB: return Reads(c, Low(at[1]), a) && Reads(c, High(at[1]), b) && Writes(c, first, d, SlotContent.Number);
            case Shape.DAI8: return Reads(c, Low(at[1]), a) && Writes(c, first, d, SlotContent.Number) && (!Shifts(op) || High(at[1]) < 32);
            case Shape.DABK:
                return Reads(c, Low(at[1]), a) && Reads(c, High(at[1]), b) && Writes(c, first, d, SlotContent.Number) && Low(at[2]) < 32;
            case Shape.ABOff: return Reads(c, first, a) && Reads(c, Low(at[1]), b) && Target(c, 2, (short)at[2]);
            case Shape.AI16Off: return Reads(c, first, a) && Target(c, 2, (short)at[2]);
            case Shape.Load: return Reads(c, Low(at[1]), a) && Writes(c, first, d, SlotContent.Number) && Access(op, at[2]);
            case Shape.LoadAt:
                return Reads(c, Low(at[1]), a) && Reads(c, High(at[1]), b) && Writes(c, first, d, SlotContent.Number) && Access(op, at[2]);
            case Shape.Store: return Reads(c, Low(at[1]), a) && Reads(c, first, d) && Access(op, at[2]);
            case Shape.StoreAt: return Reads(c, Low(at[1]), a) && Reads(c, High(at[1]), b) && Reads(c, first, d) && Access(op, at[2]);
            case Shape.Far:
                return Reads(c, Low(at[1]), a) && Writes(c, first, d, SlotContent.Number) && High(at[1]) is not 0 and <= MaxAccess;
            case Shape.Num: return Numeric(c, (Opcode)first, at);
            case Shape.Misc: return BytecodeMisc.Check(c, (Opcode)first, at);
            case Shape.Fuel: return true;
            default: return false;
        }
    }

    private static bool Copies(Checking* c, uint from, uint to, uint count) =>
        Reads(c, from, count) && Writes(c, to, count, count == 1 ? FrameContents.Get(&c->Slots, from) : SlotContent.Number);

    private static bool Selects(Checking* c, uint a, uint b, uint to, uint count) => Reads(c, a, count) && Reads(c, b, count)
        && Writes(c, to, count,
            count == 1 ? (byte)(FrameContents.Get(&c->Slots, a) & FrameContents.Get(&c->Slots, b)) : SlotContent.Number);

    /// <summary>The end offset must be at least the size of the access; otherwise, the offset would be negative.</summary>
    private static bool Access(RegOp op, uint end) => RegOpTable.AccessBytes(op) != 0 && end >= RegOpTable.AccessBytes(op);

    private static bool Shifts(RegOp op) => op is >= RegOp.I32ShlI and <= RegOp.I32RotlI;

    /// <summary>[Numeric opcode] [D A] [B -]. B is checked even if there is only one operand.</summary>
    private static bool Numeric(Checking* c, Opcode op, ushort* at)
    {
        if (!NumericOps.Is(op) || NumericOps.Of(op) != (byte)RegOp.Numeric) return false;
        if (NumericOps.IsWide(op)) return Wide(c, 2 * NumericOps.WideOperands(op), at);
        byte signature = OpTable.Signature((int)op);
        uint width = NumericOps.OperandSlots(signature), b = Low(at[2]);
        bool binary = signature % Sig.Result >= Sig.Second;
        return Reads(c, High(at[1]), width) && (binary ? Reads(c, b, width) : b + width <= c->FrameSlots)
            && Writes(c, Low(at[1]), NumericOps.ResultSlots(signature), SlotContent.Number);
    }

    private static bool Wide(Checking* c, uint width, ushort* at) => Reads(c, High(at[1]), width) && Reads(c, Low(at[2]), width)
        && Writes(c, Low(at[1]), 2 * NumericOps.WideResults, SlotContent.Number);

    /// <summary>
    /// Whether the offset in a unit leads to an instruction of the function, with slots as that instruction expects them.
    /// </summary>
    internal static bool Target(Checking* c, uint unit, int offset)
    {
        uint position = c->Position + unit + (uint)offset;
        return BytecodeCheck.IsStart(c, position) && c->Slots.Meets(c, position);
    }

    internal static uint Low(ushort unit) => (byte)unit;

    internal static uint High(ushort unit) => (uint)unit >> 8;
}
