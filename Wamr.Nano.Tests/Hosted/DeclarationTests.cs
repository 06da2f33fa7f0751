// SPDX-License-Identifier: MIT
// Imports and exports of a module as data: of a binary and of an image alike.
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Xip;
using Xunit;

namespace Wamr.Nano.Tests.Hosted;

public class DeclarationTests
{
    private static byte[] Everything()
    {
        ModuleBuilder m = new();
        m.ImportFunction("env", "f", "iF:I");
        m.ImportTable("env", "t", 1, 5);
        m.ImportMemory("env", "m", 2);
        m.ImportGlobal("env", "g", 'f', mutable: true);
        m.Function("r:", new Code(), export: "own");
        m.Table(3, type: 'r', export: "things");
        m.Global('I', new Code().I64(7), export: "seven");
        m.Export("memory", 2, 0);
        return m.Build();
    }

    [Fact]
    public void Imports_and_exports_come_in_order_with_their_types()
    {
        using NanoRuntime runtime = new();
        NanoModule module = runtime.LoadModule(Everything());
        Assert.Equal(
        [
            new NanoImport("env", "f", new WasmFunctionType([WasmType.I32, WasmType.F64], [WasmType.I64])),
            new NanoImport("env", "t", new WasmTableType(WasmType.FuncRef, 1, 5)),
            new NanoImport("env", "m", new WasmMemoryType(2, null, 65536)),
            new NanoImport("env", "g", new WasmGlobalType(WasmType.F32, true)),
        ],
        module.Imports);
        Assert.Equal(
        [
            new NanoExport("own", new WasmFunctionType([WasmType.ExternRef], [])),
            new NanoExport("things", new WasmTableType(WasmType.ExternRef, 3, null)),
            new NanoExport("seven", new WasmGlobalType(WasmType.I64, false)),
            new NanoExport("memory", new WasmMemoryType(2, null, 65536)),
        ],
        module.Exports);
    }

    [Fact]
    public void Image_has_the_declarations_of_its_module()
    {
        byte[] binary = Everything();
        using NanoRuntime runtime = new();
        NanoModule module = runtime.LoadModule(binary), image = runtime.LoadImage(ImageKit.Bytecode(binary));
        Assert.Equal(module.Imports, image.Imports);
        Assert.Equal(module.Exports, image.Exports);
    }

    [Fact]
    public void Types_that_differ_anywhere_are_not_equal()
    {
        WasmFunctionType f = new([WasmType.I32], [WasmType.I32]);
        Assert.Equal(f, new WasmFunctionType([WasmType.I32], [WasmType.I32]));
        Assert.Equal(f.GetHashCode(), new WasmFunctionType([WasmType.I32], [WasmType.I32]).GetHashCode());
        Assert.NotEqual(f, new WasmFunctionType([WasmType.I32, WasmType.I32], []));
        Assert.NotEqual(f, new WasmFunctionType([], [WasmType.I32, WasmType.I32]));
        Assert.Equal("(I32) -> I32", f.ToString());
    }

    [Fact]
    public void Text_of_an_import_is_fit_for_a_terminal()
    {
        ModuleBuilder m = new();
        m.ImportFunction("e\u001bnv", "f\n", ":");
        using NanoRuntime runtime = new();
        Assert.Equal(@"e\u001bnv.f\u000a () -> ()", runtime.LoadModule(m.Build()).Imports.Single().ToString());
    }
}
