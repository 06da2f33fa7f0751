// SPDX-License-Identifier: MIT
// The sections of a module that may be malformed, for code that explains what is wrong with it.
using System;
using System.Collections.Generic;
using System.Text;
using Wamr.Nano.Core;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano;

internal static unsafe class ModuleSections
{
    private const uint HeaderBytes = 8;

    /// <summary>The id of each section, where its contents begin, and their length, as far as the bytes can be read.</summary>
    internal static IReadOnlyList<(byte Id, uint Start, uint Size)> Of(ReadOnlySpan<byte> module)
    {
        List<(byte, uint, uint)> sections = [];
        fixed (byte* start = module)
        {
            ByteReader r = Read.Over(start, start + Math.Min(HeaderBytes, (uint)module.Length), start + module.Length);
            while (r.Pos < r.End)
            {
                byte id = Read.U8(&r);
                uint size = Read.U32(&r), first = Read.Offset(&r);
                if (r.Error != WasmError.None) break;
                sections.Add((id, first, Math.Min(size, Read.Left(&r))));
                Read.Bytes(&r, size);
            }
        }
        return sections;
    }

    /// <summary>The contents of a custom section after its name; empty if there is none with that name.</summary>
    internal static ReadOnlySpan<byte> Custom(ReadOnlySpan<byte> module, string name)
    {
        foreach ((byte id, uint start, uint size) in Of(module))
        {
            TextReader text = new(module.Slice((int)start, (int)size));
            if (id == 0 && text.Name() == name) return text.Rest;
        }
        return [];
    }

    /// <summary>Reads names and counts. After the end, it returns empty names and zeros.</summary>
    internal ref struct TextReader(ReadOnlySpan<byte> bytes)
    {
        internal ReadOnlySpan<byte> Rest { get; private set; } = bytes;

        /// <summary>Whether everything that was read existed.</summary>
        internal bool IsSound { get; private set; } = true;

        internal uint Count()
        {
            fixed (byte* start = Rest)
            {
                ByteReader r = Read.Over(start, start, start + Rest.Length);
                uint count = Read.U32(&r);
                IsSound &= r.Error == WasmError.None;
                Rest = r.Error == WasmError.None ? Rest[(int)Read.Offset(&r)..] : [];
                return count;
            }
        }

        internal byte Byte()
        {
            IsSound &= !Rest.IsEmpty;
            if (Rest.IsEmpty) return 0;
            byte b = Rest[0];
            Rest = Rest[1..];
            return b;
        }

        internal string Name()
        {
            uint wanted = Count();
            int length = (int)Math.Min(wanted, (uint)Rest.Length);
            IsSound &= (uint)length == wanted;
            string name = Encoding.UTF8.GetString(Rest[..length]);
            Rest = Rest[length..];
            return name;
        }
    }
}
