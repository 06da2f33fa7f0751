// SPDX-License-Identifier: MIT
// Which line of which C file an instruction comes from: a unit's program in the section .debug_line (DWARF 4, chapter 6.2).
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.Xip.CallStacks;

internal sealed class DwarfLines
{
    private const ushort OldestVersion = 2, NewestVersion = 4;

    private readonly List<string> _files = [""];
    private readonly List<(ulong Address, int File, int Line)> _rows = [];

    /// <summary>Reads the program at an offset of the section.</summary>
    internal DwarfLines(byte[] section, int at)
    {
        DwarfReader r = new(section, at);
        int end = (int)r.U32() + r.At;
        ushort version = r.U16();
        if (version is < OldestVersion or > NewestVersion)
            throw new CompileException($"the assembler wrote a table of lines of version {version}, which this version does not know");
        int program = (int)r.U32() + r.At;
        byte unit = r.U8();
        if (version == NewestVersion) r.Skip(1);
        r.Skip(1);
        sbyte lineBase = (sbyte)r.U8();
        byte lineRange = r.U8(), firstSpecial = r.U8();
        byte[] operands = new byte[firstSpecial];
        for (int n = 1; n < firstSpecial; n++) operands[n] = r.U8();
        while (r.Text().Length != 0) { }
        while (r.Text() is { Length: > 0 } name)
        {
            _files.Add(name);
            for (int n = 0; n < 3; n++) r.Unsigned();
        }
        r.At = program;
        Execute(r, end, unit, lineBase, lineRange, firstSpecial, operands);
        // Another piece of code may begin where one ends.
        _rows = [.. _rows.OrderBy(row => row.Address).ThenBy(row => row.Line != 0)];
    }

    internal string FileName(int number) => number < _files.Count ? _files[number] : "";

    /// <summary>File and line of the instruction at an address; line 0 if unknown.</summary>
    internal (string File, int Line) At(ulong address)
    {
        int low = 0, high = _rows.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_rows[middle].Address > address) high = middle;
            else low = middle + 1;
        }
        return low == 0 ? ("", 0) : (FileName(_rows[low - 1].File), _rows[low - 1].Line);
    }

    private void Execute(DwarfReader r, int end, byte unit, int lineBase, int lineRange, int firstSpecial, byte[] operands)
    {
        ulong address = 0;
        int file = 1, line = 1, sequence = _rows.Count;
        while (r.At < end)
        {
            int op = r.U8();
            if (op >= firstSpecial)
            {
                address += (ulong)((op - firstSpecial) / lineRange) * unit;
                line += lineBase + (op - firstSpecial) % lineRange;
                Row(line);
            }
            else if (op == 0) Extended();
            else Standard(op);
        }

        void Row(int at)
        {
            // If an address has several rows, the last one counts.
            if (_rows.Count > sequence && _rows[^1].Address == address) _rows.RemoveAt(_rows.Count - 1);
            _rows.Add((address, file, at));
        }

        void Extended()
        {
            const int endSequence = 1, setAddress = 2;
            int size = (int)r.Unsigned(), next = r.At + size;
            switch (r.U8())
            {
                case endSequence:
                    Row(0);
                    (address, file, line, sequence) = (0, 1, 1, _rows.Count);
                    break;
                case setAddress:
                    address = r.Word(size - 1);
                    break;
            }
            r.At = next;
        }

        void Standard(int op)
        {
            switch (op)
            {
                case 1: Row(line); break;
                case 2: address += r.Unsigned() * unit; break;
                case 3: line += (int)r.Signed(); break;
                case 4: file = (int)r.Unsigned(); break;
                case 8: address += (ulong)((255 - firstSpecial) / lineRange) * unit; break;
                case 9: address += r.U16(); break;
                default:
                    for (int n = 0; n < operands[op]; n++) r.Unsigned();
                    break;
            }
        }
    }
}
