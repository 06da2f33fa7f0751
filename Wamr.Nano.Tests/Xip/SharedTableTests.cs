// SPDX-License-Identifier: MIT
// Native images that call each other, and interpreted code, through tables that other instances write to.
using System.Collections.Generic;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Xip;
using Wamr.Nano.Xip;
using Xunit;

namespace Wamr.Nano.Tests.Xip;

public class SharedTableTests
{
    private static NanoInstance Image(NanoRuntime runtime, ModuleBuilder module, params (string Name, NanoInstance Instance)[] imports) =>
        runtime.LoadImage(ImageCompiler.Compile(module.Build(), new() { Target = "x86_64", Open = true, Jobs = 1 }))
            .Instantiate(With(imports));

    private static NanoInstanceOptions With((string Name, NanoInstance Instance)[] imports)
    {
        Dictionary<string, NanoInstance> all = [];
        foreach ((string name, NanoInstance instance) in imports) all[name] = instance;
        return new() { Imports = all };
    }

    [Fact]
    public void Interpreted_function_in_the_own_table_has_an_operand_stack()
    {
        if (!XipEngine.IsPossible) return;
        ModuleBuilder caller = new(), callee = new();
        caller.Table(1, export: "table");
        caller.Function("i:i", new Code().Get(0).I32(0).Op(Opcode.CallIndirect, caller.Type("i:i"), 0), export: "run");
        callee.ImportTable("caller", "table", 1);
        callee.Elements(0, callee.Function("i:i", new Code().Get(0).I32(1).Op(Opcode.I32Add)));
        using NanoRuntime runtime = new(1 << 20);
        NanoInstance instance = Image(runtime, caller);
        runtime.LoadModule(callee.Build()).Instantiate(With([("caller", instance)]));
        Assert.Equal(42, instance.GetFunction("run").Call(41).AsInt32());
    }

    /// <summary>Calls the element of the table with n - 1 twice, unless n is 0.</summary>
    private static NanoInstance Half(NanoRuntime runtime, NanoInstance table, string signature, string other, int own, int element)
    {
        ModuleBuilder m = new();
        m.ImportTable("lib", "table", 2);
        Code body = new Code().Get(0).Open(Opcode.If);
        for (int n = 0; n < 2; n++)
        {
            body.Get(0).I32(1).Op(Opcode.I32Sub).I32(element).Op(Opcode.CallIndirect, m.Type(other), 0);
            if (other.EndsWith('i')) body.Op(Opcode.Drop);
        }
        body.End();
        m.Elements(own, m.Function(signature, signature.EndsWith('i') ? body.I32(0) : body, export: "run"));
        return Image(runtime, m, ("lib", table));
    }

    [Fact]
    public void Recursion_over_two_instances_uses_fuel()
    {
        if (!XipEngine.IsPossible) return;
        ModuleBuilder lib = new();
        lib.Table(2, export: "table");
        using NanoRuntime runtime = new(1 << 20);
        NanoInstance table = runtime.LoadModule(lib.Build()).Instantiate();
        // Neither can call itself: their types differ.
        NanoInstance first = Half(runtime, table, "i:", "i:i", 0, 1);
        Half(runtime, table, "i:i", "i:", 1, 0);
        first.ExecEnv.Fuel = 100_000;
        Assert.Equal(WasmError.FuelExhausted, Assert.Throws<WasmException>(() => first.GetFunction("run").Call(20)).Error);
        first.ExecEnv.Fuel = 10_000_000;
        first.GetFunction("run").Call(20);
    }
}
