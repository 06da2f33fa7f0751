// SPDX-License-Identifier: MIT
// Imports that nothing provides: all of them in one message, with what their producers' users can do; and functions called all the same.
using System;
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Hosted;

public class MissingImportsTests
{
    private static WasmException Refusal(ModuleBuilder m, Action<NanoRuntime>? define = null)
    {
        using NanoRuntime runtime = new();
        runtime.AddWasi();
        define?.Invoke(runtime);
        NanoModule module = runtime.LoadModule(m.Build());
        WasmException e = Assert.Throws<WasmException>(() => module.Instantiate());
        Assert.Equal(WasmError.UnknownImport, e.Error);
        return e;
    }

    [Fact]
    public void All_that_are_missing_are_named_once_and_no_other()
    {
        ModuleBuilder m = new();
        m.ImportMemory("env", "memory", 1);
        m.ImportGlobal("env", "base", 'i', false);
        m.ImportFunction("env", "known", "i:i");
        m.ImportFunction("env", "first", "iI:f");
        m.ImportFunction("wasi_snapshot_preview1", "fd_close", "i:i");
        m.ImportFunction("app", "second", ":");
        m.ImportTable("env", "table", 3);
        WasmException e = Refusal(m, runtime => runtime.DefineFunc("env", "known", (int x) => x));
        Assert.Contains(
            "[function 'env.first' (iI)f]; and 4 more: memory of 1 or more pages of 65536 B 'env.memory', constant global I32 'env.base', "
            + "function 'app.second' (), table of 3 or more FuncRef 'env.table'; ", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("known", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("fd_close", e.Message, StringComparison.Ordinal);
        Assert.Equal(1, e.Message.Split("env.first").Length - 1);
    }

    [Fact]
    public void Hundreds_are_counted_and_names_are_shown_for_what_they_are()
    {
        ModuleBuilder m = new();
        for (int i = 0; i < 200; i++) m.ImportFunction("x", $"f{i}\u001b[2J{{pool}}", ":");
        string message = Refusal(m).Message;
        Assert.Contains("and 199 more: ", message, StringComparison.Ordinal);
        Assert.Contains("f24\\u001b[2J", message, StringComparison.Ordinal);
        Assert.DoesNotContain("f25\\u001b[2J", message, StringComparison.Ordinal);
        Assert.Contains("(175 are not shown)", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', message);
    }

    /// <summary>An import as compilers ask for it, and the producer or the way out that the message names.</summary>
    [Theory]
    [InlineData("env", "abort", "i:", "AssemblyScript: compile with --use abort=")]
    [InlineData("env", "seed", ":F", "AssemblyScript")]
    [InlineData("env", "console.log", "i:", "AssemblyScript")]
    [InlineData("wbg", "__wbg_log_1d3ae13c3d5e6b8e", "i:", "wasm-bindgen")]
    [InlineData("__wbindgen_placeholder__", "__wbindgen_describe", "i:", "wasm-bindgen")]
    [InlineData("./app_bg.js", "__wbindgen_throw", "ii:", "wasm-bindgen")]
    [InlineData("a", "a", "ii:", "Emscripten")]
    [InlineData("env", "emscripten_resize_heap", "i:i", "Emscripten")]
    [InlineData("env", "__syscall_openat", "iiii:i", "Emscripten")]
    [InlineData("env", "invoke_vii", "iii:", "Emscripten")]
    [InlineData("gojs", "runtime.wasmExit", "i:", "GOOS=wasip1")]
    [InlineData("go", "runtime.wasmExit", "i:", "GOOS=wasip1")]
    [InlineData("env", "mono_wasm_release_cs_owned_object", "i:", "Blazor")]
    [InlineData("env", "SystemJS_RandomBytes", "ii:", "Blazor")]
    [InlineData("js_code", "kotlin.captureStackTrace", ":r", "wasmWasi")]
    [InlineData("teavm", "currentTimeMillis", ":F", "TeaVM")]
    [InlineData("javascript_kit", "swjs_call_function", "i:", "JavaScriptKit")]
    [InlineData("wasi_snapshot_preview1", "sock_open", "iii:i", "an extension of another runtime")]
    [InlineData("wasi:io/poll@0.2.0", "poll", "iii:", "wasm32-wasip1")]
    [InlineData("wasi", "thread-spawn", "i:i", "without threads")]
    [InlineData("wasix_32v1", "futex_wait", "iiii:i", "WASIX")]
    [InlineData("GOT.func", "puts", ":", "shared library")]
    [InlineData("env", "puts", "i:i", "--allow-undefined")]
    public void Hint_says_whose_import_it_is(string module, string name, string type, string hint)
    {
        ModuleBuilder m = new();
        m.ImportFunction(module, name, type);
        Assert.Contains(hint, Refusal(m).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("memory", "without --import-memory")]
    [InlineData("__memory_base", "shared library")]
    [InlineData("limit", "NanoRuntime.DefineGlobal")]
    public void Hint_explains_memories_and_globals(string name, string hint)
    {
        ModuleBuilder m = new();
        if (name == "memory") m.ImportMemory("env", name, 1);
        else m.ImportGlobal("env", name, 'i', false);
        Assert.Contains(hint, Refusal(m).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_producer_gets_no_hint()
    {
        ModuleBuilder m = new();
        m.ImportFunction("lamp", "on", "i:");
        Assert.EndsWith("[function 'lamp.on' (i)]", Refusal(m).Message, StringComparison.Ordinal);
    }

    /// <summary>Direct, through a table, re-exported, in the start function; as a binary and as a bytecode image.</summary>
    [Theory]
    [InlineData("direct")]
    [InlineData("tail")]
    [InlineData("table")]
    [InlineData("export")]
    public void Unlinked_function_traps_with_its_name(string way)
    {
        ModuleBuilder m = new();
        m.ImportFunction("x", "other", ":");
        uint missing = m.ImportFunction("env", "missing", "i:");
        m.Table(1);
        m.Elements(0, missing);
        m.Function(":", new Code().I32(1).Call(missing), export: "direct");
        m.Function(":", new Code().I32(1).Op(Opcode.ReturnCall, missing), export: "tail");
        m.Function(":", new Code().I32(1).I32(0).Op(Opcode.CallIndirect, m.Type("i:"), 0), export: "table");
        m.Export("export", 0, missing);
        using NanoRuntime runtime = new();
        NanoInstance app = runtime.LoadModule(m.Build()).Instantiate(new() { AllowUnlinked = true });
        NanoFunction function = app.GetFunction(way);
        WasmException e = Assert.Throws<WasmException>(() => function.Call([.. function.Parameters.Select(_ => (WasmValue)1)]));
        Assert.Equal(WasmError.UnlinkedFunction, e.Error);
        Assert.EndsWith("[function 'env.missing' (i)]", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unlinked_function_of_a_start_function_is_named_too()
    {
        ModuleBuilder m = new();
        m.ImportFunction("x", "other", ":");
        m.Start(m.Function(":", new Code().Call(m.ImportFunction("env", "missing", ":"))));
        using NanoRuntime runtime = new();
        NanoModule module = runtime.LoadModule(m.Build());
        WasmException e = Assert.Throws<WasmException>(() => module.Instantiate(new() { AllowUnlinked = true }));
        Assert.Equal(WasmError.UnlinkedFunction, e.Error);
        Assert.EndsWith("[function 'env.missing' ()]", e.Message, StringComparison.Ordinal);
        Assert.Single(e.CallStack);
    }

    /// <summary>A library's own unlinked import, called through its table by another instance: its name is the library's.</summary>
    [Fact]
    public void Unlinked_function_is_named_as_the_instance_names_it_that_imports_it()
    {
        ModuleBuilder library = new(), user = new();
        library.ImportFunction("x", "wrong", ":");
        uint missing = library.ImportFunction("lib", "missing", ":");
        library.Table(1, export: "t");
        library.Elements(0, missing);
        user.ImportFunction("user", "zero", ":");
        user.ImportFunction("user", "one", ":");
        user.ImportTable("lib", "t", 1);
        user.Function(":", new Code().I32(0).Op(Opcode.CallIndirect, user.Type(":"), 0), export: "f");
        using NanoRuntime runtime = new();
        NanoInstance lib = runtime.LoadModule(library.Build()).Instantiate(new() { AllowUnlinked = true });
        NanoInstance app = runtime.LoadModule(user.Build()).Instantiate(
            new() { AllowUnlinked = true, Imports = new System.Collections.Generic.Dictionary<string, NanoInstance> { ["lib"] = lib } });
        WasmException e = Assert.Throws<WasmException>(() => app.GetFunction("f").Call());
        Assert.EndsWith("[function 'lib.missing' ()]", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_type_of_a_function_of_WASI_is_an_error_with_both_names()
    {
        ModuleBuilder m = new();
        m.ImportFunction("wasi_snapshot_preview1", "fd_close", "I:i");
        using NanoRuntime runtime = new();
        runtime.AddWasi();
        NanoModule module = runtime.LoadModule(m.Build());
        WasmException e = Assert.Throws<WasmException>(() => module.Instantiate());
        Assert.Equal(WasmError.IncompatibleImportType, e.Error);
        Assert.Contains("'wasi_snapshot_preview1.fd_close' is imported as (I)i", e.Message, StringComparison.Ordinal);
    }
}
