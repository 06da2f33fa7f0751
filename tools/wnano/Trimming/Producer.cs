// SPDX-License-Identifier: MIT
// The compiler of a module, as far as it is certain, and the option with which it sets the end of the memory.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Wamr.Nano.Tool.Trimming;

/// <summary>
/// What is certain: names in a producers section that is whole, and how AssemblyScript lays out its memory. It rests on no other traces.
/// </summary>
internal static unsafe class Producers
{
    /// <summary>
    /// AssemblyScript's objects begin with 20 bytes in front of a multiple of 16, and zeros at the ends of segments are left out.
    /// </summary>
    private const uint ObjectAlignment = 16, ObjectStart = 12;

    internal static Producer Of(NanoModule module)
    {
        IReadOnlyList<string> tools = Tools(module.Pointer);
        if (tools.Contains("rustc")) return Producer.Rustc;
        if (tools.Any(tool => tool.Contains("TinyGo", StringComparison.OrdinalIgnoreCase))) return Producer.TinyGo;
        if (tools.Any(tool => tool.StartsWith("zig", StringComparison.OrdinalIgnoreCase))) return Producer.Zig;
        if (tools.Any(tool => tool == "clang" || tool.EndsWith(" clang", StringComparison.Ordinal))) return Producer.Clang;
        return StartsWithObject(module.Pointer) ? Producer.AssemblyScript : Producer.Unknown;
    }

    /// <summary>Names in the producers section; none if it is damaged.</summary>
    internal static IReadOnlyList<string> Tools(Module* module)
    {
        ReadOnlySpan<byte> section = ModuleSections.Custom(NativeBytes.Span(module->Bytes, module->Size), ProducersSection.Name);
        IReadOnlyList<ProducingTool> tools = ProducersSection.Read(section, out bool isSound);
        return isSound ? [.. tools.Select(tool => tool.Name)] : [];
    }

    private static bool StartsWithObject(Module* module)
    {
        DataSegment first;
        uint at;
        if (module->DataCount == 0) return false;
        DataSegments.Get(module, 0, &first);
        return first.Active && HeapBase.Constant(module, (uint)(first.Offset - module->Bytes), &at) && at % ObjectAlignment == ObjectStart;
    }
}

/// <summary>The options in the words of a compiler. If it is unknown, those of clang, whose linker most compilers share.</summary>
internal static class LinkerOption
{
    private const uint WasmPage = 1 << 16;

    /// <summary>Exports that let a memory end at the heap's base.</summary>
    internal static string Exports(Producer producer) => producer switch
    {
        Producer.Clang => "-Wl,--export=__heap_base,--export=__data_end",
        Producer.Rustc => "-C link-arg=--export=__heap_base -C link-arg=--export=__data_end",
        Producer.AssemblyScript => "export { __heap_base, __data_end } from \"memory\"",
        Producer.TinyGo => "\"ldflags\": [\"--export=__heap_base\", \"--export=__data_end\"] in the target's file",
        Producer.Zig => "--export=__heap_base --export=__data_end",
        _ => $"{Exports(Producer.Clang)} (clang), {Exports(Producer.Rustc)} (Rust), {Exports(Producer.AssemblyScript)} (AssemblyScript)",
    };

    /// <summary>Bytes of C's stack.</summary>
    internal static string Stack(Producer producer, uint bytes) => producer switch
    {
        Producer.Rustc => Number($"-C link-arg=-zstack-size={bytes}"),
        Producer.TinyGo => Number($"\"default-stack-size\": {bytes} in the target's file"),
        Producer.Zig => Number($"--stack {bytes}"),
        _ => Number($"-Wl,-z,stack-size={bytes}"),
    };

    /// <summary>Memory at the start.</summary>
    internal static string InitialPages(Producer producer, uint pages) => producer == Producer.AssemblyScript
        ? Number($"\"initialMemory\": {pages} in asconfig.json") : Linker(producer, Number($"--initial-memory={pages * WasmPage}"));

    /// <summary>The most memory.</summary>
    internal static string MostPages(Producer producer, uint pages) => producer == Producer.AssemblyScript
        ? Number($"\"maximumMemory\": {pages} in asconfig.json") : Linker(producer, Number($"--max-memory={pages * WasmPage}"));

    private static string Linker(Producer producer, string option) => producer switch
    {
        Producer.Rustc => "-C link-arg=" + option,
        Producer.TinyGo => $"\"ldflags\": [\"{option}\"] in the target's file",
        Producer.Zig => option,
        _ => "-Wl," + option,
    };

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
