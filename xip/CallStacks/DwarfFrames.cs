// SPDX-License-Identifier: MIT
// The size of the frame at a position in code, and where in it the return address lies: the section .debug_frame (DWARF 4, chapter 6.4).
using System.Collections.Generic;
using Wamr.Nano.Xip.Elf;

namespace Wamr.Nano.Xip.CallStacks;

internal sealed class DwarfFrames
{
    private const uint Common = 0xFFFFFFFF;

    /// <summary>
    /// Valid from an address on: bytes from the stack pointer to that of the caller, and whether the return address lies immediately below
    /// that.
    /// </summary>
    private readonly SortedList<ulong, (long? Bytes, bool HasReturn)> _rows = [];
    private readonly byte[] _section;
    private readonly int _stackRegister, _returnRegister, _addressBytes;

    /// <summary>The initial rules of a function.</summary>
    private sealed record Start(uint CodeUnit, long DataUnit, Rules Rules);

    /// <summary>
    /// The frame is at a distance from a register, or (register -1) found in an unsupported way. The return address is saved at a distance
    /// from the frame, or not saved.
    /// </summary>
    private readonly record struct Rules(int Register, long Offset, long? Return);

    internal DwarfFrames(ElfFile elf, ImageTarget target)
    {
        _section = elf.Section(".debug_frame")?.Contents ?? [];
        _addressBytes = target.PointerBytes;
        // Numbers of the registers: the stack pointer, and where a call leaves its return address.
        (_stackRegister, _returnRegister) = target.Machine switch
        {
            ImageMachine.Thumb => (13, 14),
            ImageMachine.RiscV32 => (2, 1),
            ImageMachine.Xtensa => (1, 0),
            _ => (7, 16),
        };
        for (int at = 0; at < _section.Length;) at = Function(at);
    }

    /// <summary>
    /// Bytes from the stack pointer at an address to that of the caller; null if that is not known, or the return address does not lie
    /// right below.
    /// </summary>
    internal uint? At(ulong address)
    {
        int low = 0, high = _rows.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_rows.Keys[middle] > address) high = middle;
            else low = middle + 1;
        }
        return low != 0 && _rows.Values[low - 1] is { HasReturn: true, Bytes: long bytes } ? (uint)bytes : null;
    }

    /// <summary>Pieces of code with the same frame, and its size in bytes. Pieces with an unknown frame are left out.</summary>
    internal IEnumerable<(ulong Start, ulong End, uint Bytes)> Pieces()
    {
        for (int n = 0; n + 1 < _rows.Count; n++)
            if (_rows.Values[n] is { HasReturn: true, Bytes: long bytes }) yield return (_rows.Keys[n], _rows.Keys[n + 1], (uint)bytes);
    }

    private int Function(int at)
    {
        DwarfReader r = new(_section, at);
        int end = (int)r.U32() + r.At;
        uint id = r.U32();
        if (id == Common) return end;
        Start start = Beginning((int)id);
        ulong address = r.Word(_addressBytes), size = r.Word(_addressBytes);
        // Code that the linker has removed lies at 0.
        if (address == 0) return end;
        Execute(r, end, start, start.Rules, address);
        _rows.TryAdd(address + size, (null, false));
        return end;
    }

    private Start Beginning(int at)
    {
        const byte withSizes = 4, oldest = 1;
        DwarfReader r = new(_section, at);
        int end = (int)r.U32() + r.At;
        r.Skip(4);
        byte version = r.U8();
        if (r.Text().Length != 0) throw new CompileException("the C compiler wrote frames with extensions that this version does not know");
        if (version == withSizes) r.Skip(2);
        uint code = (uint)r.Unsigned();
        long data = r.Signed();
        if (version == oldest) r.Skip(1);
        else r.Unsigned();
        Start start = new(code, data, default);
        return start with { Rules = Execute(r, end, start, default, null) };
    }

    /// <summary>Applies the rules of a function or, without an address, the initial rules of all functions.</summary>
    private Rules Execute(DwarfReader r, int end, Start start, Rules rules, ulong? address)
    {
        Stack<Rules> kept = [];
        while (r.At < end)
        {
            byte op = r.U8();
            int low = op & 0x3F;
            switch (op >> 6)
            {
                case 1: Advance((uint)low); continue;
                case 2: Saved(low, (long)r.Unsigned()); continue;
                case 3: Restored(low); continue;
            }
            switch (op)
            {
                case 0x00: break;
                case 0x01: Note(); address = r.Word(_addressBytes); break;
                case 0x02: Advance(r.U8()); break;
                case 0x03: Advance(r.U16()); break;
                case 0x04: Advance(r.U32()); break;
                case 0x05: Saved((int)r.Unsigned(), (long)r.Unsigned()); break;
                case 0x06: Restored((int)r.Unsigned()); break;
                case 0x07 or 0x08: Unsaved((int)r.Unsigned()); break;
                case 0x09: Unsaved((int)r.Unsigned()); r.Unsigned(); break;
                case 0x0A: kept.Push(rules); break;
                case 0x0B: rules = kept.Pop(); break;
                case 0x0C: rules = rules with { Register = (int)r.Unsigned(), Offset = (long)r.Unsigned() }; break;
                case 0x0D: rules = rules with { Register = (int)r.Unsigned() }; break;
                case 0x0E: rules = rules with { Offset = (long)r.Unsigned() }; break;
                case 0x0F: rules = rules with { Register = -1 }; r.Skip(r.Unsigned()); break;
                case 0x10 or 0x16: Unsaved((int)r.Unsigned()); r.Skip(r.Unsigned()); break;
                case 0x11: Saved((int)r.Unsigned(), r.Signed()); break;
                case 0x12: rules = rules with { Register = (int)r.Unsigned(), Offset = r.Signed() * start.DataUnit }; break;
                case 0x13: rules = rules with { Offset = r.Signed() * start.DataUnit }; break;
                case 0x14: Unsaved((int)r.Unsigned()); r.Unsigned(); break;
                case 0x15: Unsaved((int)r.Unsigned()); r.Signed(); break;
                case 0x2E: r.Unsigned(); break;
                case 0x2F: Saved((int)r.Unsigned(), -(long)r.Unsigned()); break;
                default:
                    throw new CompileException(
                        $"the C compiler wrote a frame with an instruction 0x{op:X} that this version does not know");
            }
        }
        Note();
        return rules;

        void Advance(uint units)
        {
            Note();
            address += units * start.CodeUnit;
        }

        void Saved(int register, long place)
        {
            if (register == _returnRegister) rules = rules with { Return = place * start.DataUnit };
        }

        void Unsaved(int register)
        {
            if (register == _returnRegister) rules = rules with { Return = null };
        }

        void Restored(int register)
        {
            if (register == _returnRegister) rules = rules with { Return = start.Rules.Return };
        }

        void Note()
        {
            if (address is ulong at) _rows[at] = (rules.Register == _stackRegister ? rules.Offset : null, rules.Return == -_addressBytes);
        }
    }
}
