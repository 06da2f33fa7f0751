// SPDX-License-Identifier: MIT
// Arithmetic on origins. It depends on where the module's data lies, and where the memory would be cut.
using System;

namespace Wamr.Nano.Tool.Trimming;

/// <param name="DataStart">Where the variables begin that can be seen.</param>
/// <param name="DataEnd">
/// The end of the last of them. Data that is initially zero leaves no trace unless the module shows where it ends.
/// </param>
/// <param name="Cut">Where the memory would end.</param>
/// <param name="Declared">Bytes it has now.</param>
/// <param name="LargestFrame">Bytes of the largest frame on C's stack.</param>
internal sealed record MemoryShape(long DataStart, long DataEnd, long Cut, long Declared, long LargestFrame)
{
    /// <summary>No variable is larger, so no address inside of one is farther from its start.</summary>
    private long LargestVariable => Math.Max(DataEnd - DataStart, LargestFrame);

    internal bool IsData(long address) => address >= DataStart && address < DataEnd;

    /// <summary>
    /// Whether a number may be an address, and not one of data that can be seen. One with wide bounds is just any number.
    /// </summary>
    private bool MayBeAbove(Origin number) =>
        number.Kinds == OriginKinds.Number && number.Low >= Math.Min(Math.Max(DataStart, DataEnd), Cut) && number.Low < Declared;

    private bool IsData(Origin number) => IsData(number.Low) && IsData(number.High);

    /// <summary>Why an access could be where the memory is cut off, in words that an offset follows; null if it cannot.</summary>
    /// <param name="address">Where it begins, without its offset.</param>
    /// <param name="offset">Its constant offset.</param>
    /// <param name="size">Bytes that are accessed; null if that is not known, and as many as the variable has.</param>
    internal string? Doubt(Origin address, long offset, long? size)
    {
        foreach (Origin part in address.Parts())
            if (PartDoubt(part, offset, size) is string doubt) return doubt;
        return null;
    }

    private string? PartDoubt(Origin part, long offset, long? size)
    {
        long end = part.High + offset + (size ?? 0);
        switch (part.Kinds)
        {
            case OriginKinds.Number:
                // What is negative lies above all memories, be they cut or not.
                bool isOutside = part.High < 0 || part.Low + offset >= Declared;
                bool isInside = end <= Cut && (size != null || IsData(part.High + offset));
                bool isIndex = part.Low != part.High && IsData(offset);
                return isOutside || isInside || isIndex ? null : $"the address {part.High + offset:N0}";
            case OriginKinds.Index: return IsData(offset) ? null : "an address that is computed";
            case OriginKinds.Frame: return part.FrameHigh + offset + (size ?? 0) <= 0 ? null : "an address above the function's frame";
            case OriginKinds.Address:
                return offset <= LargestVariable ? null : $"an address with the offset {offset:N0}, which is more than any variable has,";
            case OriginKinds.Foreign: return "an address that comes from memory or from outside";
            default: return "an address computed from one above the data";
        }
    }

    /// <summary>Whether a value that is passed to the host could be an address beyond the cut.</summary>
    internal bool TellsOfCutMemory(Origin value) => value.Has(OriginKinds.Suspect)
        || value.Has(OriginKinds.Number) && value.Low == value.High && value.Low >= Cut && value.Low < Declared
        || value.Has(OriginKinds.Frame) && value.FrameHigh > 0;

    /// <summary>The origin of a caller's value in the called function, which has its own frame.</summary>
    internal static Origin Passed(Origin value)
    {
        if (!value.Has(OriginKinds.Frame)) return value;
        Origin rest = value with { Kinds = value.Kinds & ~OriginKinds.Frame, FrameLow = 0, FrameHigh = 0 };
        return Origin.Join(rest, value.FrameHigh > 0 ? Origin.Suspect : Origin.Address);
    }

    /// <summary>
    /// One of two values, where paths meet. If one of two constants may be an address above, anything between them is possible.
    /// </summary>
    internal Origin Join(Origin a, Origin b)
    {
        Origin joined = Origin.Join(a, b);
        bool isSuspect = a.IsExact && b.IsExact && a != b && (MayBeAbove(a) || MayBeAbove(b));
        return isSuspect ? Origin.Join(joined, Origin.Suspect) : joined;
    }

    /// <summary>One of two values, at a point that is reached repeatedly. If the value grows, it has no bounds.</summary>
    internal Origin Widen(Origin old, Origin next)
    {
        if (old == default || next == default) return old == default ? next : old;
        Origin joined = Origin.Join(old, next);
        bool numberGrows = joined.Has(OriginKinds.Number)
            && (!old.Has(OriginKinds.Number) || joined.Low != old.Low || joined.High != old.High);
        bool frameGrows = joined.Has(OriginKinds.Frame)
            && (!old.Has(OriginKinds.Frame) || joined.FrameLow != old.FrameLow || joined.FrameHigh != old.FrameHigh);
        bool isSuspect = MayBeAbove(old) || MayBeAbove(next);
        Origin rest = joined with
        {
            Kinds = joined.Kinds & ~((numberGrows ? OriginKinds.Number : 0) | (frameGrows ? OriginKinds.Frame : 0)),
        };
        if (numberGrows)
            rest =
                Origin.Join(rest with { Low = 0, High = 0 }, IsData(joined) ? Origin.Address : isSuspect ? Origin.Suspect : Origin.Index);
        if (frameGrows) rest = Origin.Join(rest with { FrameLow = 0, FrameHigh = 0 }, Origin.Address);
        return rest;
    }

    internal Origin Binary(Opcode op, Origin a, Origin b)
    {
        Origin result = default;
        foreach (Origin x in a.Parts())
            foreach (Origin y in b.Parts()) result = Origin.Join(result, Simple(op, x, y));
        return result;
    }

    private Origin Simple(Opcode op, Origin x, Origin y) => op switch
    {
        Opcode.I32Add => Add(x, y),
        // Compilers add to what is aligned with an or.
        Opcode.I32Or when !Both(x, y) => Add(x, y),
        Opcode.I32Sub => Subtract(x, y),
        Opcode.I32And => And(x, y),
        Opcode.I32Or or Opcode.I32Xor => Both(x, y) && x.Low >= 0 && y.Low >= 0 ? Origin.Between(0, Ones(x.High | y.High)) : Numbers(x, y),
        Opcode.I32Mul when Both(x, y) => Hull(x.Low * y.Low, x.Low * y.High, x.High * y.Low, x.High * y.High),
        Opcode.I32Shl when Both(x, y) && y.IsExact => Hull(x.Low << (int)(y.Low & 31), x.High << (int)(y.Low & 31)),
        Opcode.I32ShrU when y.IsExact && (y.Low & 31) != 0 => x.Kinds == OriginKinds.Number && x.Low >= 0
            ? Origin.Between(x.Low >> (int)(y.Low & 31), x.High >> (int)(y.Low & 31))
            : Origin.Between(0, uint.MaxValue >> (int)(y.Low & 31)),
        Opcode.I32DivU when y.IsExact && y.Low > 1 =>
            x.Kinds == OriginKinds.Number && x.Low >= 0 ? Origin.Between(x.Low / y.Low, x.High / y.Low)
            : Origin.Between(0, uint.MaxValue / y.Low),
        Opcode.I32RemU when y.IsExact && y.Low > 0 => Origin.Between(0, y.Low - 1),
        Opcode.I32RemS when y.IsExact && y.Low > 0 => Origin.Between(1 - y.Low, y.Low - 1),
        // A product, or a part of an address, is not an address.
        Opcode.I32Mul or (>= Opcode.I32DivS and <= Opcode.I32RemU) or (>= Opcode.I32Shl and <= Opcode.I32Rotr) => Origin.Index,
        _ => Numbers(x, y),
    };

    private Origin Add(Origin x, Origin y)
    {
        if (x.Kinds < y.Kinds) (x, y) = (y, x);
        switch (x.Kinds)
        {
            case OriginKinds.Suspect or OriginKinds.Foreign: return x;
            case OriginKinds.Address when y.IsExact: return Math.Abs(y.Low) <= LargestVariable ? x : Origin.Suspect;
            case OriginKinds.Address or OriginKinds.Frame when y.Kinds == OriginKinds.Index: return Origin.Address;
            case OriginKinds.Address when y.Kinds == OriginKinds.Number: return x;
            case OriginKinds.Frame when y.Kinds == OriginKinds.Number:
                return y.IsExact || x.FrameHigh + y.High <= 0 ? Origin.Frame(x.FrameLow + y.Low, x.FrameHigh + y.High) : Origin.Address;
            case OriginKinds.Index when y.Kinds == OriginKinds.Index: return x;
            case OriginKinds.Index when y.Kinds == OriginKinds.Number:
                return IsData(y) ? Origin.Address : MayBeAbove(y) ? Origin.Suspect : x;
            case OriginKinds.Number:
                bool isIndexed = x.IsExact != y.IsExact && IsData(x.IsExact ? x : y);
                return isIndexed ? Origin.Address : Origin.Between(x.Low + y.Low, x.High + y.High);
            default: return Origin.Foreign; // the sum of two addresses
        }
    }

    private Origin Subtract(Origin x, Origin y)
    {
        if (x.Has(OriginKinds.Suspect) || y.Has(OriginKinds.Suspect)) return Origin.Suspect;
        if (x.Has(OriginKinds.Foreign) || y.Has(OriginKinds.Foreign)) return Origin.Foreign;
        bool isDistance = y.Has(OriginKinds.Address | OriginKinds.Frame);
        if (isDistance) return x.Has(OriginKinds.Address | OriginKinds.Frame) || IsData(x) ? Origin.Index : Origin.Foreign;
        return y.Kinds == OriginKinds.Number ? Add(x, Origin.Between(-y.High, -y.Low)) : Add(x, y);
    }

    private static Origin And(Origin x, Origin y)
    {
        if (!x.IsExact) (x, y) = (y, x);
        if (!x.IsExact) return y.Kinds == OriginKinds.Number && y.Low >= 0 ? Origin.Between(0, y.High) : Numbers(x, y);
        if (x.Low >= 0) return Origin.Between(0, y.Kinds == OriginKinds.Number && y.Low >= 0 ? Math.Min(x.Low, y.High) : x.Low);
        // Rounded down to a multiple of a power of two.
        return y.Kinds switch
        {
            OriginKinds.Number => Origin.Between(Math.Min(y.Low, y.Low & x.Low), y.High),
            OriginKinds.Frame => Origin.Frame(y.FrameLow + x.Low, y.FrameHigh),
            _ => y,
        };
    }

    /// <summary>A result that is not an address any more. If it may be an address beyond the cut, it stays that.</summary>
    private static Origin Numbers(Origin x, Origin y) =>
        x.Has(OriginKinds.Suspect) || y.Has(OriginKinds.Suspect) ? Origin.Suspect : Origin.Index;

    private static bool Both(Origin x, Origin y) => x.Kinds == OriginKinds.Number && y.Kinds == OriginKinds.Number;

    private static Origin Hull(params ReadOnlySpan<long> ends)
    {
        long low = ends[0], high = ends[0];
        foreach (long end in ends) (low, high) = (Math.Min(low, end), Math.Max(high, end));
        return Origin.Between(low, high);
    }

    /// <summary>The least number of all ones that is no smaller.</summary>
    private static long Ones(long number)
    {
        long ones = 1;
        while (ones < number + 1) ones <<= 1;
        return ones - 1;
    }
}
