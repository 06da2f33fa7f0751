// SPDX-License-Identifier: MIT
// Writes register code: units, operands whose slots do not fit in a byte, branch offsets.
using Wamr.Nano.Core.RegisterCode;

namespace Wamr.Nano.Core.Load.Precompile;

internal static unsafe class Emit
{
    /// <summary>The number of slots that a byte can name.</summary>
    internal const uint ByteSlots = 256;

    /// <summary>Up to this many units, branch offsets take 16 bits.</summary>
    internal const uint NearUnits = 0x7FFF;

    internal static void Unit(Lowering* l, uint unit)
    {
        if (l->Out != null) l->Out[l->Pos] = (ushort)unit;
        l->Pos++;
    }

    internal static void Pair(Lowering* l, uint low, uint high) => Unit(l, (low & 0xFF) | (high & 0xFF) << 8);

    /// <summary>First unit of an instruction.</summary>
    internal static void Op(Lowering* l, RegOp op, uint high)
    {
        if (IsCounted(l, op))
        {
            Pair(l, (uint)RegOp.Count, (uint)op);
            Unit(l, 0);
        }
        Pair(l, (uint)op, high);
    }

    /// <summary>The number of units of an instruction, including <see cref="Op"/>. Not for branch tables.</summary>
    internal static uint UnitsOf(Lowering* l, RegOp op)
    {
        int units = RegOpTable.Units(RegOpTable.ShapeOf(op));
        if (IsCounted(l, op)) units += RegOpTable.Units(Shape.Count);
        return (uint)units;
    }

    /// <summary>Whether a profile counts instructions like this one.</summary>
    private static bool IsCounted(Lowering* l, RegOp op)
    {
        bool isReturn = op is RegOp.Return or RegOp.Return32 or RegOp.Return64 or RegOp.ReturnMany;
        return l->Module->Profiled == LoadRules.ProfiledFunctions ? isReturn : l->Module->Profiled != 0;
    }

    internal static void Word(Lowering* l, uint word)
    {
        Unit(l, word & 0xFFFF);
        Unit(l, word >> 16);
    }

    /// <summary>
    /// The slot itself, if a byte can name it; otherwise scratch pair <paramref name="pair"/> (0 or 1), to which the value is copied.
    /// </summary>
    internal static uint Source(Lowering* l, uint slot, bool wide, uint pair)
    {
        if (slot < ByteSlots) return slot;
        uint near = l->Scratch + pair * 2;
        Copy(l, near, slot, wide);
        return near;
    }

    /// <summary>
    /// The slot that an instruction writes: the slot itself, or a scratch pair, from which <see cref="Finish"/> copies the value.
    /// </summary>
    internal static uint Target(Lowering* l, uint slot) => slot < ByteSlots ? slot : l->Scratch + 4;

    internal static void Finish(Lowering* l, uint slot, bool wide)
    {
        if (slot < ByteSlots) return;
        Op(l, wide ? RegOp.CopyTo64 : RegOp.CopyTo32, l->Scratch + 4);
        Unit(l, slot);
    }

    internal static void Copy(Lowering* l, uint to, uint from, bool wide)
    {
        if (to == from) return;
        uint near = Target(l, to);
        if (near != to && from < ByteSlots) near = from;
        else
        {
            Op(l, wide ? RegOp.Copy64 : RegOp.Copy32, near);
            Unit(l, from);
        }
        if (near == to) return;
        Op(l, wide ? RegOp.CopyTo64 : RegOp.CopyTo32, near);
        Unit(l, to);
    }

    /// <summary>[op D] [A B], with the widths of the table.</summary>
    internal static void Dab(Lowering* l, RegOp op, uint d, uint a, uint b)
    {
        byte wide = RegOpTable.Wide(op);
        a = Source(l, a, (wide & W.A) != 0, 0);
        b = Source(l, b, (wide & W.B) != 0, 1);
        Op(l, op, Target(l, d));
        Pair(l, a, b);
        Finish(l, d, (wide & W.D) != 0);
    }

    /// <summary>[op D] [A x], with x as given.</summary>
    internal static void Da(Lowering* l, RegOp op, uint d, uint a, uint x)
    {
        byte wide = RegOpTable.Wide(op);
        a = Source(l, a, (wide & W.A) != 0, 0);
        Op(l, op, Target(l, d));
        Pair(l, a, x);
        Finish(l, d, (wide & W.D) != 0);
    }

    /// <summary>[op A] [unit].</summary>
    internal static void A16(Lowering* l, RegOp op, uint a, uint unit)
    {
        a = Source(l, a, (RegOpTable.Wide(op) & W.A) != 0, 0);
        Op(l, op, a);
        Unit(l, unit);
    }

    /// <summary>[op D] [unit].</summary>
    internal static void D16(Lowering* l, RegOp op, uint d, uint unit)
    {
        Op(l, op, Target(l, d));
        Unit(l, unit);
        Finish(l, d, (RegOpTable.Wide(op) & W.D) != 0);
    }

    /// <summary>Puts a constant into a slot with the shortest instruction.</summary>
    internal static void Const(Lowering* l, uint d, uint lo, uint hi, bool wide)
    {
        bool small = lo == (uint)(short)lo && (!wide || hi == (uint)((int)lo >> 31));
        if (small)
        {
            D16(l, wide ? RegOp.Const16To64 : RegOp.Const16, d, lo & 0xFFFF);
            return;
        }
        Op(l, wide ? RegOp.Const64 : RegOp.Const32, Target(l, d));
        Word(l, lo);
        if (wide) Word(l, hi);
        Finish(l, d, wide);
    }

    /// <summary>
    /// Writes the offset of a branch, counted from its own unit: to <paramref name="target"/> or, if that is 0, an offset that
    /// <see cref="Bind"/> will fill in. <paramref name="patches"/> is the head of the list of such offsets.
    /// </summary>
    internal static void Offset(Lowering* l, uint target, uint* patches)
    {
        uint at = l->Pos;
        uint value = target != 0 ? target - at : *patches;
        if (target == 0) *patches = at;
        Unit(l, value & 0xFFFF);
        if (l->Far != 0) Unit(l, value >> 16);
    }

    /// <summary>Makes every branch in the list lead to the next instruction.</summary>
    internal static void Bind(Lowering* l, uint* patches)
    {
        uint at = *patches;
        *patches = 0;
        if (l->Out == null) return;
        while (at != 0)
        {
            ushort* field = l->Out + at;
            uint next = l->Far != 0 ? field[0] | (uint)field[1] << 16 : field[0];
            uint offset = l->Pos - at;
            field[0] = (ushort)offset;
            if (l->Far != 0) field[1] = (ushort)(offset >> 16);
            at = next;
        }
    }

    /// <summary>Writes an offset of 16 bits, even in long code. If the distance does not fit, the function is refused.</summary>
    internal static void ShortOffset(Lowering* l, uint units)
    {
        // If code with near offsets is too long, it is measured again with far offsets.
        if (units > NearUnits && l->Far != 0) l->Refused = WasmError.FunctionTooLarge;
        Unit(l, units);
    }
}
