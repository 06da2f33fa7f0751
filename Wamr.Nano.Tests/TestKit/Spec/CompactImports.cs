// SPDX-License-Identifier: MIT
// The suite's modules were written with the compact import section, a proposal we do not accept: imports are spelt out again.
using System;
using System.Collections.Generic;

namespace Wamr.Nano.Tests.TestKit.Spec;

/// <summary>
/// An import section may hold groups: module name, empty name, 0x7F, and a vector of name and type. Binaries without a group, and those
/// that end within one, are handed on as they are.
/// </summary>
internal sealed class CompactImports
{
    private const byte ImportSection = 2, Group = 0x7F;
    private readonly byte[] _binary;
    private int _at;
    private readonly List<byte> _entries = [];
    private uint _count;
    private bool _sawGroup;

    private CompactImports(byte[] binary, int start) => (_binary, _at) = (binary, start);

    public static byte[] Expand(byte[] binary)
    {
        try
        {
            for (int at = 8; at < binary.Length;)
            {
                int start = at;
                byte id = binary[at++];
                int size = (int)Number(binary, ref at);
                if (id == ImportSection) return new CompactImports(binary, at).Section(start, at + size);
                if (size < 0) break;
                at += size;
            }
        }
        catch (Exception e) when (e is IndexOutOfRangeException or ArgumentOutOfRangeException)
        {
            // A malformed binary: refusing it is the engine's task.
        }
        return binary;
    }

    private byte[] Section(int start, int end)
    {
        Number(_binary, ref _at);
        while (_at < end) Entry();
        if (!_sawGroup || _at != end) return _binary;
        List<byte> contents = [];
        Leb128.Unsigned(contents, _count);
        contents.AddRange(_entries);
        List<byte> size = [];
        Leb128.Unsigned(size, (uint)contents.Count);
        return [.. _binary.AsSpan(0, start), ImportSection, .. size, .. contents, .. _binary.AsSpan(end)];
    }

    private void Entry()
    {
        byte[] module = Name();
        int name = _at;
        bool isGroup = _binary[_at] == 0 && _binary[_at + 1] == Group;
        if (!isGroup)
        {
            Add(module, name);
            return;
        }
        _sawGroup = true;
        _at += 2;
        for (uint left = Number(_binary, ref _at); left != 0; left--) Add(module, _at);
    }

    /// <summary>Copies the name and type that start at <paramref name="name"/> as an import of their own.</summary>
    private void Add(byte[] module, int name)
    {
        Name();
        SkipType(_binary[_at++]);
        _entries.AddRange(module);
        _entries.AddRange(_binary.AsSpan(name, _at - name));
        _count++;
    }

    private void SkipType(byte kind)
    {
        if (kind == 0) Number(_binary, ref _at);
        else if (kind == 3) _at += 2;
        else Limits(kind == 1);
    }

    private void Limits(bool table)
    {
        if (table) _at++;
        byte flags = _binary[_at++];
        Number(_binary, ref _at);
        if ((flags & 1) != 0) Number(_binary, ref _at);
        if ((flags & 8) != 0) Number(_binary, ref _at);
    }

    /// <summary>A name with its length.</summary>
    private byte[] Name()
    {
        int start = _at;
        int length = (int)Number(_binary, ref _at);
        _at += length;
        return _binary[start.._at];
    }

    private static uint Number(byte[] binary, ref int at)
    {
        uint value = 0;
        int shift = 0;
        byte b;
        do
        {
            b = binary[at++];
            value |= (uint)(b & 0x7F) << shift;
            shift += 7;
        }
        while (b >= 0x80);
        return value;
    }
}
