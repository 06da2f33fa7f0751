// SPDX-License-Identifier: MIT
// Host functions: arguments and results, memory of the caller, exceptions, signatures, calling back.
using System;
using System.IO;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Hosted;

public class HostFunctionTests
{
    [Fact]
    public void Typed_function_gets_arguments_and_gives_a_result()
    {
        using NanoRuntime runtime = new();
        runtime.DefineFunc<long, int, double>("env", "host", (a, b) => a / (double)b);
        NanoInstance instance = runtime.LoadModule(SmallModules.CallsHost("Ii:F")).Instantiate();
        Assert.Equal(2.5, instance.GetFunc<long, int, double>("f")(10, 4));
    }

    [Fact]
    public void General_function_sees_values_and_the_callers_memory()
    {
        WasmValue[] seen = [];
        uint memory = 1;
        using NanoRuntime runtime = new();
        runtime.DefineFunction("env", "host", "(fIr)i", (caller, arguments, results) =>
        {
            seen = arguments.ToArray();
            memory = caller.Memory.Size;
            results[0] = 9;
        });
        NanoFunction f = runtime.LoadModule(SmallModules.CallsHost("fIr:i")).Instantiate().GetFunction("f");
        Assert.Equal(9, f.Call(1.5f, -3L, WasmValue.FromExternRef(77)).AsInt32());
        Assert.Equal([1.5f, -3L, WasmValue.FromExternRef(77)], seen);
        Assert.Equal(0u, memory);
    }

    [Fact]
    public void Call_of_a_general_host_function_allocates_no_managed_memory()
    {
        using NanoRuntime runtime = new();
        runtime.DefineFunction("env", "host", "(iI)f", (_, arguments, results) => results[0] = arguments[0].AsInt32()
            + (float)arguments[1].AsInt64());
        Func<int, long, float> f = runtime.LoadModule(SmallModules.CallsHost("iI:f")).Instantiate().GetFunc<int, long, float>("f");
        Assert.Equal(3f, f(1, 2));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++) f(i, i);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Exception_of_a_host_function_becomes_the_inner_one()
    {
        using NanoRuntime runtime = new();
        runtime.DefineAction<int>("env", "host", x => throw new FormatException($"no {x}"));
        NanoInstance instance = runtime.LoadModule(SmallModules.CallsHost("i:")).Instantiate();
        WasmException e = Assert.Throws<WasmException>(() => instance.GetAction<int>("f")(5));
        Assert.Equal(WasmError.HostException, e.Error);
        Assert.Equal("no 5", Assert.IsType<FormatException>(e.InnerException).Message);
        Assert.Equal("f", e.CallStack[0].FunctionName);
    }

    [Fact]
    public void Wrong_type_of_a_result_is_reported_not_passed_on()
    {
        using NanoRuntime runtime = new();
        runtime.DefineFunction("env", "host", "()i", (_, _, results) => results[0] = 1.0);
        NanoInstance instance = runtime.LoadModule(SmallModules.CallsHost(":i")).Instantiate();
        Assert.IsType<InvalidOperationException>(Assert.Throws<WasmException>(() => instance.GetFunction("f").Call()).InnerException);
    }

    [Fact]
    public void Import_of_another_type_is_refused_when_linking()
    {
        using NanoRuntime runtime = new();
        runtime.DefineAction("env", "host", () => { });
        NanoModule module = runtime.LoadModule(SmallModules.CallsHost("i:"));
        WasmException e = Assert.Throws<WasmException>(() => module.Instantiate());
        Assert.True(e.Error is WasmError.BadSignature or WasmError.IncompatibleImportType, e.Message);
        Assert.Contains("env.host", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Host_function_may_call_back_and_a_trap_there_goes_through()
    {
        using NanoRuntime runtime = new();
        NanoInstance? instance = null;
        runtime.DefineFunc<int, int>("env", "host", x => x == 0 ? instance!.GetFunction("no such").Index > 0 ? 1
            : 0 : x < 5 ? instance!.GetFunc<int, int>("f")(x + 1) : x);
        instance = runtime.LoadModule(SmallModules.CallsHost("i:i")).Instantiate();
        Assert.Equal(5, instance.GetFunc<int, int>("f")(1));
        WasmException e = Assert.Throws<WasmException>(() => instance.GetFunc<int, int>("f")(0));
        Assert.Equal(WasmError.UnknownExport, Assert.IsType<WasmException>(e.InnerException).Error);
    }

    [Fact]
    public void Host_function_may_catch_the_trap_of_a_callback_and_go_on()
    {
        ModuleBuilder m = new();
        uint host = m.ImportFunction("env", "host", ":i");
        m.Function(":", new Code().Op(Opcode.Unreachable), export: "fails");
        m.Function(":i", new Code().Call(host), export: "f");
        using NanoRuntime runtime = new();
        NanoInstance? instance = null;
        runtime.DefineFunc("env", "host", () => (int)Assert.Throws<WasmException>(instance!.GetAction("fails")).Error);
        instance = runtime.LoadModule(m.Build()).Instantiate();
        Assert.Equal((int)WasmError.Unreachable, instance.GetFunc<int>("f")());
    }

    [Fact]
    public void Exception_of_a_sensor_becomes_the_inner_one_and_the_instance_stays_usable()
    {
        ModuleBuilder m = new();
        uint read = m.ImportFunction("sensor", "read", "i:i");
        m.Function("i:i", new Code().Get(0).Call(read), export: "f");
        using NanoRuntime runtime =
            new(new NanoRuntimeOptions { ReadSensor = channel => channel < 3 ? (int)channel : throw new FormatException("broken") });
        runtime.AddSensorModule();
        NanoInstance instance = runtime.LoadModule(m.Build()).Instantiate();
        Func<int, int> f = instance.GetFunc<int, int>("f");
        WasmException e = Assert.Throws<WasmException>(() => f(3));
        Assert.Equal((WasmError.HostException, "broken"), (e.Error, Assert.IsType<FormatException>(e.InnerException).Message));
        Assert.Equal(2, f(2));
        instance.Dispose();
    }

    [Fact]
    public void Stream_that_throws_is_an_input_output_error_to_the_app()
    {
        const int inputOutput = 29;
        ModuleBuilder m = new();
        uint write = m.ImportFunction("wasi_snapshot_preview1", "fd_write", "iiii:i");
        m.Memory(1);
        m.Data(0, 8, 0, 0, 0, 3, 0, 0, 0);
        m.Function(":i", new Code().I32(1).I32(0).I32(1).I32(20).Call(write), export: "f");
        using NanoRuntime runtime = new(new NanoRuntimeOptions { Output = new MemoryStream([], writable: false) });
        runtime.AddWasi();
        NanoInstance instance = runtime.LoadModule(m.Build()).Instantiate();
        Assert.Equal(inputOutput, instance.GetFunc<int>("f")());
        instance.Dispose();
    }

    [Fact]
    public void Stream_that_makes_the_memory_move_gets_the_right_bytes_and_the_app_its_answer()
    {
        ModuleBuilder m = new();
        uint write = m.ImportFunction("wasi_snapshot_preview1", "fd_write", "iiii:i");
        m.Memory(1);
        m.Data(0, 32, 0, 0, 0, 1, 0, 0, 0, 33, 0, 0, 0, 1, 0, 0, 0);
        m.Data(32, (byte)'a', (byte)'b');
        m.Function(":i", new Code().I32(1).I32(0).I32(2).I32(20).Call(write).Op(Opcode.Drop).I32(20).Op(Opcode.I32Load, 2, 0), export: "f");
        GrowingStream stream = new();
        using NanoRuntime runtime = new(new NanoRuntimeOptions { Output = stream, RedZones = true });
        runtime.AddWasi();
        NanoInstance instance = stream.Instance = runtime.LoadModule(m.Build()).Instantiate();
        Assert.Equal(2, instance.GetFunc<int>("f")());
        Assert.Equal("ab"u8.ToArray(), stream.ToArray());
        runtime.CheckMemory();
    }

    /// <summary>Grows the memory of the app that writes to it, and overwrites what it looked at before.</summary>
    private sealed class GrowingStream : MemoryStream
    {
        public NanoInstance? Instance { get; set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            base.Write(buffer);
            Assert.True(Instance!.Memory.TryGrow(1));
        }
    }

    [Fact]
    public void Endless_recursion_through_the_host_is_a_native_stack_overflow()
    {
        using NanoRuntime runtime = new();
        NanoInstance? instance = null;
        runtime.DefineFunc<int, int>("env", "host", x => instance!.GetFunc<int, int>("f")(x + 1));
        instance = runtime.LoadModule(SmallModules.CallsHost("i:i")).Instantiate(new() { StackBytes = 64 << 10 });
        WasmException e = Assert.Throws<WasmException>(() => instance.GetFunc<int, int>("f")(1));
        Assert.Equal(WasmError.NativeStackOverflow, e.Error);
        Assert.Equal(WasmError.NativeStackOverflow, Assert.Throws<WasmException>(() => instance.GetFunc<int, int>("f")(1)).Error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("i")]
    [InlineData("(i")]
    [InlineData("(x)")]
    [InlineData("(~)")]
    [InlineData("(i~)")]
    [InlineData("($~)")]
    [InlineData("(*~~)")]
    [InlineData("(i)*")]
    [InlineData("(i)i\n")]
    [InlineData("i()")]
    [InlineData("(i)(")]
    public void Signature_that_is_not_well_formed_is_refused(string signature)
    {
        using NanoRuntime runtime = new();
        Assert.Throws<ArgumentException>(() => runtime.DefineFunction("env", "host", signature, (_, _, _) => { }));
    }

    [Fact]
    public void Newest_definition_of_a_name_wins()
    {
        using NanoRuntime runtime = new();
        runtime.DefineFunc("env", "host", () => 1);
        runtime.DefineFunc("env", "host", () => 2);
        Assert.Equal(2, runtime.LoadModule(SmallModules.CallsHost(":i")).Instantiate().GetFunc<int>("f")());
    }
}
