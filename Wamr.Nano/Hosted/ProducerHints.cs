// SPDX-License-Identifier: MIT
// Which compilers make modules with certain imports, and how to avoid these: one row per compiler.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano;

internal static class ProducerHints
{
    /// <summary>
    /// How to recognise an import of a certain compiler, and what its users can do, in words of <see cref="ErrorTexts.Words"/>.
    /// </summary>
    private static readonly (Func<NanoImport, bool> IsIts, string Hint)[] Rows =
    [
        (i => i is { Module: "env", Name: "memory" } && i.Type is WasmMemoryType,
            "memory: link without --import-memory, so that the module has its own (AssemblyScript: without --importMemory)"),
        (i => IsOf(i, "env", "abort", "trace", "seed") || (i.Module == "env" && i.Name.Contains('.', StringComparison.Ordinal)),
            "AssemblyScript: compile with --use abort= (and --use trace=, --use seed=), and without console, Date and process"),
        (i =>
            i.Module is "wbg" or "__wbindgen_placeholder__" or "__wbindgen_externref_xform__"
            || i.Name.StartsWith("__wbg", StringComparison.Ordinal)
            || i.Name.StartsWith("__wbindgen", StringComparison.Ordinal),
            "wasm-bindgen: these are JavaScript's; build for wasm32-wasip1 or wasm32-unknown-unknown without "
                + "wasm-bindgen, and declare imports as extern \"C\""),
        (i => i.Module is "gojs" or "go",
            "Go for JavaScript: build with GOOS=wasip1 GOARCH=wasm, or 'tinygo build -target=wasip1' (or wasm-unknown)"),
        (i => (i.Module == "a" && i.Name.Length <= 2) || (i.Module == "env" && IsEmscripten(i.Name)),
            "Emscripten: these are JavaScript's; build with -sSTANDALONE_WASM, which imports WASI"),
        (i => (i.Module == "env" && (i.Name.StartsWith("mono_", StringComparison.Ordinal)
            || i.Name.StartsWith("SystemJS_", StringComparison.Ordinal)
            || i.Name.StartsWith("SystemInteropJS_", StringComparison.Ordinal))),
            ".NET for browsers (Blazor): its runtime needs JavaScript; publish for wasi-wasm"),
        (i =>
            i.Module is "js_code" or "intrinsics" || i.Module.EndsWith(".mjs", StringComparison.Ordinal)
            || i.Name.StartsWith("kotlin.", StringComparison.Ordinal),
            "Kotlin for JavaScript: build the target wasmWasi"),
        (i => i.Module is "dart2wasm" or "dart:ffi" || i.Module.StartsWith("wasm:", StringComparison.Ordinal),
            "a language on top of JavaScript (Dart, Kotlin, Java): its runtime needs a browser or Node.js"),
        (i => i.Module == "javascript_kit", "JavaScriptKit: build the Swift package without it"),
        (i =>
            i.Module is "GOT.mem" or "GOT.func"
            || IsOf(i, "env", "__memory_base", "__table_base", "__stack_pointer", "__indirect_function_table"),
            "a shared library: link an executable (without -shared, -sSIDE_MODULE or -fPIC)"),
        (i => i.Module == "wasi_unstable", "WASI preview 0: build with a compiler of 2020 or later, which imports wasi_snapshot_preview1"),
        (i => i.Module == "wasi_snapshot_preview1", "not a function of WASI preview 1, but an extension of another runtime"),
        (i => i.Module.StartsWith("wasi:", StringComparison.Ordinal) || i.Module.StartsWith("cm32p2", StringComparison.Ordinal),
            "WASI preview 2: build for preview 1 (wasm32-wasip1)"),
        (i => i is { Module: "wasi", Name: "thread-spawn" }, "WASI threads: build without threads (wasm32-wasip1)"),
        (i => i.Module.StartsWith("wasix_", StringComparison.Ordinal), "WASIX: build for WASI preview 1 (wasm32-wasip1)"),
        (i => i.Module.StartsWith("teavm", StringComparison.Ordinal), "TeaVM for JavaScript: build its target WASI"),
        (i => i.Type is WasmGlobalType, "global: {global}"),
        (i => i.Module == "env" && i.Type is WasmFunctionType,
            "env: a function of the host that is not defined, or one the linker did not find and let pass (--allow-undefined)"),
    ];

    /// <summary>The hints for imports: for each import the first one that fits, and each hint once.</summary>
    internal static IEnumerable<string> Of(IEnumerable<NanoImport> imports) => imports
        .Select(import => Rows.Where(row => row.IsIts(import)).Select(row => row.Hint).FirstOrDefault())
        .OfType<string>()
        .Distinct();

    private static bool IsOf(NanoImport import, string module, params ReadOnlySpan<string> names) =>
        import.Module == module && names.Contains(import.Name);

    private static bool IsEmscripten(string name)
    {
        string plain = name.TrimStart('_');
        return plain.StartsWith("emscripten_", StringComparison.Ordinal) || plain.StartsWith("syscall_", StringComparison.Ordinal)
            || plain.StartsWith("invoke_", StringComparison.Ordinal) || plain.StartsWith("embind_", StringComparison.Ordinal)
            || plain is "abort_js" or "cxa_throw" or "tzset_js" or "mmap_js" or "munmap_js" or "assert_fail";
    }
}
