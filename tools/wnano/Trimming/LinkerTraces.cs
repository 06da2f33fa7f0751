// SPDX-License-Identifier: MIT
// What in a module proves that LLVM's linker laid out its memory (data, then the C stack, then the heap): names of globals, producers.
using System;

namespace Wamr.Nano.Tool.Trimming;

internal static unsafe class LinkerTraces
{
    private const byte GlobalNames = 7;

    private static ReadOnlySpan<byte> StackPointer => "__stack_pointer"u8;

    /// <summary>Whether a global is that linker's stack pointer: the name section calls it so, or one of its compilers made the module.</summary>
    internal static bool Name(Module* module, uint global) => IsNamed(module, global) || HasProducer(module);

    /// <summary>A name section that is damaged proves nothing (spec appendix "Custom Sections").</summary>
    private static bool IsNamed(Module* module, uint global)
    {
        ByteReader r;
        if (!Find(module, "name"u8, &r)) return false;
        while (r.Pos < r.End)
        {
            byte id = Read.U8(&r);
            uint size = Read.U32(&r);
            byte* contents = Read.Bytes(&r, size);
            if (r.Error != WasmError.None || id != GlobalNames) continue;
            ByteReader map = Read.Over(module->Bytes, contents, r.Pos);
            for (uint count = Read.Count(&map); count != 0 && map.Error == WasmError.None; count--)
            {
                uint index = Read.U32(&map);
                if (Text(&map).SequenceEqual(StackPointer)) return map.Error == WasmError.None && index == global;
            }
        }
        return false;
    }

    /// <summary>The section "producers" of the tool conventions: fields, each with pairs of a tool and its version.</summary>
    private static bool HasProducer(Module* module)
    {
        ByteReader r;
        if (!Find(module, "producers"u8, &r)) return false;
        for (uint fields = Read.Count(&r); fields != 0 && r.Error == WasmError.None; fields--)
        {
            Text(&r);
            for (uint tools = Read.Count(&r); tools != 0 && r.Error == WasmError.None; tools--)
            {
                ReadOnlySpan<byte> tool = Text(&r);
                Text(&r);
                if (tool.SequenceEqual("clang"u8) || tool.EndsWith(" clang"u8) || tool.SequenceEqual("rustc"u8)) return r.Error == WasmError.None;
            }
        }
        return false;
    }

    private static bool Find(Module* module, ReadOnlySpan<byte> section, ByteReader* r)
    {
        byte* data;
        uint size;
        fixed (byte* name = section)
            if (!CustomSections.Find(module, name, (uint)section.Length, &data, &size)) return false;
        *r = Read.Over(module->Bytes, data, data + size);
        return true;
    }

    /// <summary>A length and as many bytes; empty where they end too early.</summary>
    private static ReadOnlySpan<byte> Text(ByteReader* r)
    {
        uint length = Read.U32(r);
        byte* bytes = Read.Bytes(r, length);
        return bytes == null ? [] : new(bytes, (int)length);
    }
}
