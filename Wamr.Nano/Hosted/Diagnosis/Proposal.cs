// SPDX-License-Identifier: MIT
// The features of WebAssembly that this runtime does not have, and the option with which each compiler avoids them: one row per feature.
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano;

/// <summary>A compiler, as far as the module names it.</summary>
internal enum Producer
{
    /// <summary>C or C++, or any other language of LLVM.</summary>
    Clang,
    Rustc,
    AssemblyScript,
    TinyGo,
    Emscripten,
    Zig,
    Kotlin,
    Go,
    Swift,

    /// <summary>Unknown.</summary>
    Unknown,
}

/// <summary>A feature that is not supported.</summary>
/// <param name="Name">The name of its proposal.</param>
/// <param name="Declared">Its name in a target_features section; null for none.</param>
/// <param name="Without">The option for each compiler.</param>
/// <param name="Otherwise">What helps with any compiler; null for nothing.</param>
internal sealed record Proposal(string Name, string? Declared, IReadOnlyDictionary<Producer, string> Without, string? Otherwise = null)
{
    private const string NoOption = "Kotlin/Wasm always makes it, and no option turns it off: write the app in another language";

    internal static readonly Proposal Simd = new("SIMD", "simd128", new Dictionary<Producer, string>
    {
        [Producer.Clang] = "clang with -mno-simd128, without -msimd128",
        [Producer.Rustc] = "rustc with -C target-feature=-simd128",
        [Producer.AssemblyScript] = "asc without --enable simd",
        [Producer.TinyGo] = "tinygo with a target whose features have no +simd128",
        [Producer.Emscripten] = "emcc without -msimd128, -msse and -mavx",
        [Producer.Zig] = "zig with -mcpu=generic-simd128",
        [Producer.Swift] = "swiftc without -Xcc -msimd128",
    });

    internal static readonly Proposal RelaxedSimd = new("relaxed SIMD", "relaxed-simd", new Dictionary<Producer, string>
    {
        [Producer.Clang] = "clang with -mno-relaxed-simd -mno-simd128",
        [Producer.Rustc] = "rustc with -C target-feature=-relaxed-simd,-simd128",
        [Producer.AssemblyScript] = "asc without --enable relaxed-simd",
        [Producer.Emscripten] = "emcc without -mrelaxed-simd and -msimd128",
        [Producer.Zig] = "zig with -mcpu=generic-relaxed_simd-simd128",
    });

    internal static readonly Proposal Threads = new("threads (shared memory, atomics)", "atomics", new Dictionary<Producer, string>
    {
        [Producer.Clang] =
            "clang without -pthread and -matomics, for wasm32-wasip1 and not wasm32-wasip1-threads, linked without --shared-memory",
        [Producer.Rustc] = "rustc with -C target-feature=-atomics, for wasm32-wasip1 and not wasm32-wasip1-threads",
        [Producer.AssemblyScript] = "asc without --enable threads and --sharedMemory",
        [Producer.TinyGo] = "tinygo with -scheduler=none and a target whose features have no +atomics",
        [Producer.Emscripten] = "emcc without -pthread, -sSHARED_MEMORY and -sWASM_WORKERS",
        [Producer.Zig] = "zig with -fsingle-threaded -mcpu=generic-atomics",
        [Producer.Swift] = "swift build for wasm32-unknown-wasi and not wasm32-unknown-wasip1-threads",
    });

    internal static readonly Proposal Exceptions = new("exceptions", "exception-handling", new Dictionary<Producer, string>
    {
        [Producer.Clang] = "clang with -fno-exceptions, without -fwasm-exceptions; setjmp without -mllvm -wasm-enable-sjlj",
        [Producer.Rustc] = "rustc with -C panic=abort",
        [Producer.TinyGo] = "tinygo with -panic=trap",
        [Producer.Emscripten] = "emcc with -fno-exceptions -sSUPPORT_LONGJMP=0, without -fwasm-exceptions",
        [Producer.Zig] = "zig with C++ sources compiled with -fno-exceptions",
        [Producer.Kotlin] = NoOption,
    }, "'wasm-opt --strip-eh' makes traps of them");

    internal static readonly Proposal LegacyExceptions = Exceptions with { Name = "exceptions in their old form (try, catch)" };

    internal static readonly Proposal GarbageCollection = new("garbage-collected types (GC)", "gc", new Dictionary<Producer, string>
    {
        [Producer.AssemblyScript] = "asc without --enable gc",
        [Producer.Kotlin] = NoOption,
    }, "a compiler that brings its own memory management: of C, Rust, Zig, Go (TinyGo) or AssemblyScript");

    internal static readonly Proposal TypedReferences = new("typed function references", null, new Dictionary<Producer, string>
    {
        [Producer.Kotlin] = NoOption,
    }, "a compiler or an option that calls functions by table index");

    internal static readonly Proposal StringReferences = new("string references (stringref)", null, new Dictionary<Producer, string>
    {
        [Producer.AssemblyScript] = "asc without --enable stringref",
    }, "'wasm-opt --string-lowering' makes imports of them");

    internal static readonly Proposal Memory64 = new("64-bit memories or tables (memory64)", "memory64", new Dictionary<Producer, string>
    {
        [Producer.Clang] = "clang with --target=wasm32 in place of wasm64",
        [Producer.Rustc] = "rustc with --target wasm32-unknown-unknown in place of wasm64-unknown-unknown",
        [Producer.Emscripten] = "emcc without -sMEMORY64",
        [Producer.Zig] = "zig with -target wasm32-freestanding in place of wasm64",
    }, "'wasm-opt --enable-memory64 --memory64-lowering' makes 32-bit ones of them");

    internal static readonly Proposal MultiMemory = new("several memories (multi-memory)", "multimemory", new Dictionary<Producer, string>
    {
        [Producer.Clang] = "clang without -mmultimemory",
        [Producer.Rustc] = "rustc with -C target-feature=-multimemory",
    }, "'wasm-opt --enable-multimemory --multi-memory-lowering' makes one of them");

    internal static readonly Proposal HalfPrecision = new("half-precision floats (FP16)", "fp16", new Dictionary<Producer, string>
    {
        [Producer.Clang] = "clang with -mno-fp16",
        [Producer.Rustc] = "rustc with -C target-feature=-fp16",
        [Producer.Emscripten] = "emcc without -mfp16",
    });

    internal static readonly Proposal Components = new("the component model", null, new Dictionary<Producer, string>
    {
        [Producer.Clang] = "clang with --target=wasm32-wasip1 in place of wasm32-wasip2",
        [Producer.Rustc] = "rustc with --target wasm32-wasip1 in place of wasm32-wasip2",
        [Producer.TinyGo] = "tinygo with -target=wasip1 in place of wasip2",
    }, "for target wasm32-wasip1; 'wasm-tools component unbundle' takes the core module out");

    internal static readonly Proposal StackSwitching = new("stack switching", null, new Dictionary<Producer, string>());
    internal static readonly Proposal SharedEverything =
        new("shared-everything threads", "shared-everything", new Dictionary<Producer, string>(), Threads.Otherwise);
    internal static readonly Proposal MemoryControl = new("memory control", null, new Dictionary<Producer, string>());
    internal static readonly Proposal Descriptors =
        new("custom descriptors", null, new Dictionary<Producer, string>(), GarbageCollection.Otherwise);
    internal static readonly Proposal CompactImports = new("compact imports", null, new Dictionary<Producer, string>());

    /// <summary>All such features, including those that a module can declare in its target_features section.</summary>
    internal static readonly IReadOnlyList<Proposal> All =
    [
        Simd, RelaxedSimd, Threads, Exceptions, LegacyExceptions, GarbageCollection, TypedReferences, StringReferences, Memory64,
        MultiMemory,
        HalfPrecision, Components, StackSwitching, SharedEverything, MemoryControl, Descriptors, CompactImports,
    ];

    /// <summary>What to do: the option for the compiler, or for each compiler if it is unknown; and what helps with any compiler.</summary>
    internal string Advice(Producer producer)
    {
        string? own = Without.GetValueOrDefault(producer);
        if (own == NoOption) return own;
        string[] ways =
            [.. own != null ? [own] : producer == Producer.Unknown ? Without.Values.Where(way => way != NoOption) : [],
                .. Otherwise == null ? [] : new[] { Otherwise }];
        return ways.Length == 0 ? "build without it" : $"build without it: {string.Join("; ", ways)}";
    }
}
