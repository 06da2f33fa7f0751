// SPDX-License-Identifier: MIT
// Functions, and functions inlined into them, from the sections .debug_info, .debug_abbrev, .debug_ranges and .debug_str.
using System;
using System.Collections.Generic;
using Wamr.Nano.Xip.Elf;

namespace Wamr.Nano.Xip.CallStacks;

/// <summary>Reads the compiler's information about an image's own files. Skips other units, such as those of its library.</summary>
internal sealed class DwarfScopes
{
    private const ushort Version = 4;
    private const uint CompileUnit = 0x11, Subprogram = 0x2E, InlinedSubroutine = 0x1D;
    private const uint Name = 0x03, LineTable = 0x10, LowPc = 0x11, HighPc = 0x12, AbstractOrigin = 0x31, Specification = 0x47,
        RangeList = 0x55, CallFile = 0x58, CallLine = 0x59;

    private static readonly uint[] s_wanted =
        [Name, LineTable, LowPc, HighPc, AbstractOrigin, Specification, RangeList, CallFile, CallLine];

    private readonly byte[] _info, _abbreviations, _ranges, _strings, _lines;
    private readonly Dictionary<uint, (uint Tag, bool HasChildren, List<(uint Name, uint Form)> Attributes)> _forms = [];
    private readonly Dictionary<int, string> _names = [];
    private int _unit, _addressBytes;
    private ulong _base;
    private DwarfLines? _unitLines;

    internal DwarfScopes(ElfFile elf)
    {
        byte[] Contents(string name) => elf.Section(name)?.Contents ?? [];
        (_info, _abbreviations, _ranges) = (Contents(".debug_info"), Contents(".debug_abbrev"), Contents(".debug_ranges"));
        (_strings, _lines) = (Contents(".debug_str"), Contents(".debug_line"));
        for (int at = 0; at < _info.Length;) at = Unit(at);
    }

    /// <summary>Functions that are not inlined.</summary>
    internal List<Scope> Functions { get; } = [];

    /// <summary>Lines of the code, one table per unit.</summary>
    internal List<DwarfLines> Lines { get; } = [];

    /// <summary>An entry: values of those attributes that matter, by name; addresses and references as numbers.</summary>
    private sealed record Entry(int At, uint Tag, bool HasChildren, Dictionary<uint, (ulong Value, string? Text, uint Form)> Values)
    {
        internal ulong? Number(uint name) => Values.TryGetValue(name, out var value) ? value.Value : null;
    }

    private int Unit(int at)
    {
        DwarfReader r = new(_info, at);
        int end = (int)r.U32() + 4 + at;
        ushort version = r.U16();
        if (version != Version) return end;
        _unit = at;
        Abbreviations((int)r.U32());
        _addressBytes = r.U8();
        _names.Clear();
        Entry? unit = Next(r);
        string name = unit?.Values.GetValueOrDefault(Name).Text ?? "";
        if (unit == null || unit.Tag != CompileUnit || !CallSites.IsOwnFile(name)) return end;
        _base = unit.Number(LowPc) ?? 0;
        _unitLines = new DwarfLines(_lines, (int)(unit.Number(LineTable) ?? 0));
        Lines.Add(_unitLines);
        Names(new DwarfReader(_info, r.At), end);
        Trees(r, end);
        return end;
    }

    /// <summary>Names of all functions, because copies may refer to later entries.</summary>
    private void Names(DwarfReader r, int end)
    {
        Dictionary<int, int> origins = [];
        while (r.At < end)
        {
            if (Next(r) is not Entry { Tag: Subprogram } entry) continue;
            if (entry.Values.TryGetValue(Name, out var name)) _names[entry.At] = name.Text!;
            else if ((entry.Number(AbstractOrigin) ?? entry.Number(Specification)) is ulong origin) origins[entry.At] = (int)origin;
        }
        foreach ((int at, int origin) in origins) _names[at] = _names.GetValueOrDefault(origin) ?? "";
    }

    /// <summary>Reads the functions of a unit, without recursion, because a module decides how deep its blocks nest.</summary>
    private void Trees(DwarfReader r, int end)
    {
        Stack<Scope?> outer = [];
        Scope? around = null;
        while (r.At < end)
        {
            if (Next(r) is Entry entry)
            {
                Scope? scope = ScopeOf(entry, around);
                if (!entry.HasChildren) continue;
                outer.Push(around);
                around = scope;
            }
            else if (!outer.TryPop(out around)) return;
        }
    }

    /// <summary>The scope that an entry opens; for any other entry, the scope around it.</summary>
    private Scope? ScopeOf(Entry entry, Scope? around)
    {
        if (entry.Tag == Subprogram)
        {
            if (Ranges(entry) is not { Count: > 0 } ranges) return around;
            Functions.Add(new(_names.GetValueOrDefault(entry.At) ?? "", null, "", 0, ranges));
            return Functions[^1];
        }
        if (entry.Tag != InlinedSubroutine || around == null) return around;
        // A scope without code of its own also counts, because all its code may have been merged with that of another one.
        string name = _names.GetValueOrDefault((int)(entry.Number(AbstractOrigin) ?? 0)) ?? "";
        Scope inner =
            new(name, around, _unitLines!.FileName((int)(entry.Number(CallFile) ?? 0)), (int)(entry.Number(CallLine) ?? 0), Ranges(entry));
        around.Inner.Add(inner);
        return inner;
    }

    private List<(ulong Start, ulong End)> Ranges(Entry entry)
    {
        if (entry.Number(RangeList) is ulong list) return List((int)list);
        if (entry.Number(LowPc) is not ulong low || !entry.Values.TryGetValue(HighPc, out var high)) return [];
        const uint address = 0x01;
        return low == 0 ? [] : [(low, high.Form == address ? high.Value : low + high.Value)];
    }

    private List<(ulong Start, ulong End)> List(int at)
    {
        List<(ulong, ulong)> ranges = [];
        DwarfReader r = new(_ranges, at);
        ulong from = _base, all = _addressBytes == 8 ? ulong.MaxValue : uint.MaxValue;
        while (true)
        {
            ulong start = r.Word(_addressBytes), end = r.Word(_addressBytes);
            if (start == 0 && end == 0) return ranges;
            if (start == all) from = end;
            // What the linker has left out lies at 0.
            else if (start < end && from + start != 0) ranges.Add((from + start, from + end));
        }
    }

    private void Abbreviations(int at)
    {
        _forms.Clear();
        DwarfReader r = new(_abbreviations, at);
        for (uint code; (code = (uint)r.Unsigned()) != 0;)
        {
            uint tag = (uint)r.Unsigned();
            bool children = r.U8() != 0;
            List<(uint, uint)> attributes = [];
            while (true)
            {
                (uint name, uint form) = ((uint)r.Unsigned(), (uint)r.Unsigned());
                if (name == 0 && form == 0) break;
                attributes.Add((name, form));
            }
            _forms[code] = (tag, children, attributes);
        }
    }

    /// <summary>The next entry; null for the end of a list of them.</summary>
    private Entry? Next(DwarfReader r)
    {
        int at = r.At;
        uint code = (uint)r.Unsigned();
        if (code == 0) return null;
        (uint tag, bool children, List<(uint Name, uint Form)> attributes) = _forms[code];
        Entry entry = new(at, tag, children, []);
        foreach ((uint name, uint form) in attributes)
        {
            (ulong, string?, uint) value = Value(r, form);
            if (Array.IndexOf(s_wanted, name) >= 0) entry.Values[name] = value;
        }
        return entry;
    }

    private (ulong Value, string? Text, uint Form) Value(DwarfReader r, uint form)
    {
        switch (form)
        {
            case 0x01: return (r.Word(_addressBytes), null, form); // address
            case 0x03: return Block(r.U16()); // blocks
            case 0x04: return Block(r.U32());
            case 0x09 or 0x18: return Block(r.Unsigned());
            case 0x0A: return Block(r.U8());
            case 0x05: return (r.U16(), null, form); // data
            case 0x06 or 0x17: return (r.U32(), null, form);
            case 0x07 or 0x20: return (r.U64(), null, form);
            case 0x0B or 0x0C: return (r.U8(), null, form);
            case 0x0D: return ((ulong)r.Signed(), null, form);
            case 0x0F: return (r.Unsigned(), null, form);
            case 0x19: return (1, null, form); // a flag
            case 0x08: return (0, r.Text(), form); // strings
            case 0x0E: return (0, new DwarfReader(_strings, (int)r.U32()).Text(), form);
            case 0x10: return (r.U32(), null, form); // references
            case 0x11: return ((ulong)_unit + r.U8(), null, form);
            case 0x12: return ((ulong)_unit + r.U16(), null, form);
            case 0x13: return ((ulong)_unit + r.U32(), null, form);
            case 0x14: return ((ulong)_unit + r.U64(), null, form);
            case 0x15: return ((ulong)_unit + r.Unsigned(), null, form);
            case 0x16: return Value(r, (uint)r.Unsigned());
            default:
                throw new CompileException($"the C compiler's debugging information has a form 0x{form:X} that this version does not know");
        }

        (ulong, string?, uint) Block(ulong size)
        {
            r.Skip(size);
            return (0, null, form);
        }
    }
}
