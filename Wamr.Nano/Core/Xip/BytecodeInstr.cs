// SPDX-License-Identifier: MIT
// Checks one instruction of register code: a line a shape, so that a new opcode is checked like the others of its shape, and one of a new shape
// is refused until there is a line for it.
namespace Wamr.Nano.Core;

internal static unsafe class BytecodeInstr
{
    /// <summary>Longest access FarAddress prepares.</summary>
    private const uint MaxAccess = 8;

    /// <summary>Whether the interpreter may go on with the instruction that follows one of this shape.</summary>
    internal static bool Falls(byte shape) => shape is not (Shape.Code or Shape.Off or Shape.Off32 or Shape.Table or Shape.Save
        or Shape.ASave or Shape.SaveMany or Shape.CallSave);

    internal static bool Check(Checking* c, RegOp op, byte shape, ushort* at)
    {
        // What accesses the memory has one.
        if (op is >= RegOp.MemorySize and <= RegOp.I64StoreAt8 && c->Module->Info->Memory.Present == 0) return false;
        return shape <= Shape.CallTableSave ? BytecodeControl.Check(c, op, shape, at) : Plain(c, op, shape, at);
    }

    /// <summary>Whether slots lie in the frame, beside its save area: that is the interpreter's.</summary>
    internal static bool Slots(Checking* c, uint slot, uint count) =>
        slot + count <= c->FrameSlots && (slot + count <= c->SaveSlot || slot >= c->OperandSlot);

    private static bool Plain(Checking* c, RegOp op, byte shape, ushort* at)
    {
        byte wide = RegOpTable.Wide(op);
        uint d = (wide & W.D) != 0 ? 2u : 1u, a = (wide & W.A) != 0 ? 2u : 1u, b = (wide & W.B) != 0 ? 2u : 1u;
        uint first = (uint)*at >> 8;
        switch (shape)
        {
            case Shape.DA16: return Slots(c, first, d) && Slots(c, at[1], a);
            case Shape.AD16: return Slots(c, first, a) && Slots(c, at[1], d);
            case Shape.DI16 or Shape.DI32 or Shape.DI64 or Shape.D: return Slots(c, first, d);
            case Shape.DABC: return Slots(c, first, d) && Slots(c, Low(at[1]), a) && Slots(c, High(at[1]), b) && Slots(c, Low(at[2]), 1);
            case Shape.DGlobal: return Slots(c, first, d) && BytecodeGlobals.Own(c->Module, at[1], d, false);
            case Shape.AGlobal: return Slots(c, first, a) && (op == RegOp.GlobalSetAux ? BytecodeGlobals.Aux(c->Module, at[1]) : BytecodeGlobals.Own(c->Module, at[1], a, true));
            case Shape.DImport: return Slots(c, first, d) && BytecodeGlobals.Imported(c->Module, at[1], d, false);
            case Shape.AImport: return Slots(c, first, a) && BytecodeGlobals.Imported(c->Module, at[1], a, true);
            case Shape.DA: return Slots(c, first, d) && Slots(c, Low(at[1]), a);
            case Shape.DAB: return Slots(c, first, d) && Slots(c, Low(at[1]), a) && Slots(c, High(at[1]), b);
            case Shape.DAI8: return Slots(c, first, d) && Slots(c, Low(at[1]), a) && (!Shifts(op) || High(at[1]) < 32);
            case Shape.DABK: return Slots(c, first, d) && Slots(c, Low(at[1]), a) && Slots(c, High(at[1]), b) && Low(at[2]) < 32;
            case Shape.ABOff: return Slots(c, first, a) && Slots(c, Low(at[1]), b) && Target(c, 2, (short)at[2]);
            case Shape.AI16Off: return Slots(c, first, a) && Target(c, 2, (short)at[2]);
            case Shape.Load or Shape.Store: return Slots(c, first, d) && Slots(c, Low(at[1]), a) && Access(op, at[2]);
            case Shape.LoadAt or Shape.StoreAt: return Slots(c, first, d) && Slots(c, Low(at[1]), a) && Slots(c, High(at[1]), b) && Access(op, at[2]);
            case Shape.Far: return Slots(c, first, d) && Slots(c, Low(at[1]), a) && High(at[1]) is not 0 and <= MaxAccess;
            case Shape.Num: return Numeric(c, (Opcode)first, at);
            case Shape.Misc: return BytecodeMisc.Check(c, (Opcode)first, at);
            default: return false;
        }
    }

    /// <summary>An access ends behind where it begins: below its size, the offset would be negative.</summary>
    private static bool Access(RegOp op, uint end) => RegOpTable.AccessBytes(op) != 0 && end >= RegOpTable.AccessBytes(op);

    private static bool Shifts(RegOp op) => op is >= RegOp.I32ShlI and <= RegOp.I32RotlI;

    /// <summary>[Numeric opcode] [D A] [B -]. One operand or two, B is looked at.</summary>
    private static bool Numeric(Checking* c, Opcode op, ushort* at)
    {
        if (!NumericOps.Is(op) || NumericOps.Of(op) != (byte)RegOp.Numeric) return false;
        byte signature = OpTable.Signature((int)op);
        uint width = NumericOps.OperandSlots(signature), b = Low(at[2]);
        bool binary = signature % Sig.Result >= Sig.Second;
        return Slots(c, Low(at[1]), NumericOps.ResultSlots(signature)) && Slots(c, High(at[1]), width)
            && (binary ? Slots(c, b, width) : b + width <= c->FrameSlots);
    }

    /// <summary>Whether the offset in a unit of the instruction leads to one of the function.</summary>
    internal static bool Target(Checking* c, uint unit, int offset) => BytecodeCheck.IsStart(c, c->Position + unit + (uint)offset);

    internal static uint Low(ushort unit) => (byte)unit;

    internal static uint High(ushort unit) => (uint)unit >> 8;
}
