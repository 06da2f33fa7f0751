// SPDX-License-Identifier: MIT
// Finds the compiler of a module: from its producers section or, without one, from traces that only one compiler leaves.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Wamr.Nano;

/// <summary>A compiler and, if it is known, its version.</summary>
/// <param name="Producer">The compiler.</param>
/// <param name="Text">Such as <c>rustc 1.95.0</c>; empty if unknown.</param>
internal sealed record ModuleOrigin(Producer Producer, string Text)
{
    /// <summary>Names in a producers section, the most specific first, because emcc and tinygo also use clang.</summary>
    private static readonly (string Name, Producer Producer)[] Names =
    [
        ("Emscripten", Producer.Emscripten), ("TinyGo", Producer.TinyGo), ("rustc", Producer.Rustc), ("Kotlin", Producer.Kotlin),
        ("swift", Producer.Swift),
        ("Zig", Producer.Zig), ("Go cmd/compile", Producer.Go), ("AssemblyScript", Producer.AssemblyScript), ("clang", Producer.Clang),
        ("LLVM", Producer.Clang),
    ];

    /// <summary>Text that occurs only in modules of one compiler, in imports, exports and function names.</summary>
    private static readonly (string Text, Producer Producer)[] Traces =
    [
        ("tinygo_", Producer.TinyGo), ("~lib/rt", Producer.AssemblyScript), ("\x03env\x05abort\0", Producer.AssemblyScript),
        ("kotlin.", Producer.Kotlin),
        ("emscripten_", Producer.Emscripten), ("__rust_alloc", Producer.Rustc), ("gojs", Producer.Go), ("__heap_base", Producer.Clang),
    ];

    internal static ModuleOrigin Of(ReadOnlySpan<byte> module)
    {
        ProducingTool[] tools = [.. Tools(module)];
        foreach ((string name, Producer producer) in Names)
            foreach ((_, string tool, string version) in tools)
                if (tool.Contains(name, StringComparison.OrdinalIgnoreCase))
                    return new(producer, $"{tool} {version.Split(' ')[0]}".TrimEnd());
        foreach ((string text, Producer producer) in Traces)
            if (module.IndexOf(Encoding.UTF8.GetBytes(text)) >= 0) return new(producer, "");
        return new(Producer.Unknown, "");
    }

    /// <summary>
    /// Names of proposals in the target_features section: what the compiler was allowed to use.
    /// </summary>
    internal static IReadOnlyList<string> DeclaredFeatures(ReadOnlySpan<byte> module)
    {
        const byte used = (byte)'+', required = (byte)'=';
        ModuleSections.TextReader text = new(ModuleSections.Custom(module, "target_features"));
        List<string> features = [];
        for (uint left = text.Count(); left != 0 && !text.Rest.IsEmpty; left--)
        {
            byte prefix = text.Byte();
            string name = text.Name();
            if (prefix is used or required) features.Add(name);
        }
        return features;
    }

    /// <summary>Tools and SDKs come before languages. For a component, the first core module counts.</summary>
    private static IEnumerable<ProducingTool> Tools(ReadOnlySpan<byte> module)
    {
        ReadOnlySpan<byte> section = ModuleSections.Custom(module, ProducersSection.Name);
        if (section.IsEmpty && module.IndexOf("\tproducers"u8) is int nested and > 0)
            section = module[(nested + 1 + ProducersSection.Name.Length)..];
        return ProducersSection.Read(section, out _).OrderBy(tool => tool.Field == "language");
    }
}
