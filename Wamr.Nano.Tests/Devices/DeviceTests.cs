// SPDX-License-Identifier: MIT
// A device and a client at both ends of a line: commands, apps, noise, lost answers.
using System;
using System.Linq;
using System.Text;
using System.Threading;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Flash;
using Wamr.Nano.Tool.Devices;
using Xunit;

namespace Wamr.Nano.Tests.Devices;

public sealed class DeviceTests : IDisposable
{
    private readonly StringBuilder _text = new();
    private readonly Lock _lock = new();
    private Line _line = null!;
    private TestDevice _device = null!;
    private DeviceLink _link = null!;

    public void Dispose()
    {
        _link.Dispose();
        _device.Dispose();
    }

    private DeviceClient Connect(int noise = 0, Predicate<int>? deviceLoses = null, int tries = 40)
    {
        _line = new(noise, seed: 20261120);
        if (deviceLoses != null) _line.Device.Loses = deviceLoses;
        _device = new(_line);
        LinkPatience patience =
            new() { Answer = TimeSpan.FromMilliseconds(200), FlashAnswer = TimeSpan.FromMilliseconds(200), Tries = tries };
        _link = new(_line.Host, text => { lock (_lock) _text.Append(Encoding.UTF8.GetString(text)); }, patience);
        return new(_link);
    }

    private string Text
    {
        get { lock (_lock) return _text.ToString(); }
    }

    /// <summary>An app that prints a letter and a zero, then loops for ever.</summary>
    private static byte[] Endless()
    {
        ModuleBuilder module = new();
        uint write = module.ImportFunction("wasi_snapshot_preview1", "fd_write", "iiii:i");
        module.Memory(1, export: "memory");
        module.Data(0, 16, 0, 0, 0, 3, 0, 0, 0).Data(16, (byte)'x', 0, (byte)'y');
        Code body = new Code().I32(1).I32(0).I32(1).I32(8).Call(write).Op(Opcode.Drop).Open(Opcode.Loop).Op(Opcode.Br, 0).End();
        module.Function(":", body, export: "_start");
        return module.Build();
    }

    [Fact]
    public void A_device_says_what_it_is()
    {
        DeviceClient client = Connect();
        Assert.Equal(new DeviceInfo("test", 248, 3, 32), client.Info);
        Assert.All(client.Slots(), slot => Assert.Equal((AppSlotState.Empty, 8192u), (slot.State, slot.Bytes)));
        DeviceStatus status = client.Status();
        Assert.Equal((false, null), (status.IsRunning, status.Slot));
        Assert.Equal(status.Used, status.Runtime + status.Modules + status.Instances + status.ExecEnvs);
        Assert.Equal(256u * 1024, status.Pool);
    }

    [Fact]
    public void An_app_is_installed_started_stopped_and_removed_while_the_console_answers()
    {
        DeviceClient client = Connect();
        int progress = 0;
        Assert.Equal(0, client.Install("loop", Endless(), true, null, done => progress = done));
        Assert.Equal(Endless().Length, progress);
        Assert.Equal(0, client.Run("loop"));
        Patience.Eventually(() => client.Status().IsRunning, "the app does not run");
        DeviceSlot slot = client.Slots()[0];
        Assert.True(slot is { Name: "loop", Kind: "wasm", IsStarted: true, IsBootChoice: true, IsRunning: true, Sequence: 1,
            State: AppSlotState.Ready });
        Assert.Equal(DeviceClient.CrcOf(Endless()), slot.ImageCrc);
        Assert.Equal(WasmError.SlotInUse, Assert.Throws<WasmException>(() => client.Remove("loop")).Error);
        client.Stop();
        Patience.Eventually(() => !client.Status().IsRunning, "the app does not stop");
        Assert.Equal(WasmError.Terminated, client.Status().Ended);
        client.Remove("loop");
        Assert.Equal(WasmError.NoSuchApp, Assert.Throws<WasmException>(() => client.Run("loop")).Error);
        Patience.Eventually(() => Text.Contains("xy", StringComparison.Ordinal), "the app's text is missing, or its zero is not");
    }

    /// <summary>The device answers and stops any app, even one that is still in its start function.</summary>
    public static TheoryData<string> Busy => [.. new[] { "sleep", "print", "fill", "recursion", "straight" }];

    private static byte[] BusyApp(string how, bool start)
    {
        ModuleBuilder module = new();
        uint write = module.ImportFunction("wasi_snapshot_preview1", "fd_write", "iiii:i");
        uint poll = module.ImportFunction("wasi_snapshot_preview1", "poll_oneoff", "iiii:i");
        module.Memory(1, export: "memory");
        // A buffer of 60,000 bytes, and a wait of an hour.
        module.Data(0, 0, 4, 0, 0, 0x60, 0xEA, 0, 0).Data(88, 0, 0x80, 0x92, 0xA0, 0x30, 3);
        uint self = 2;
        Code body = how switch
        {
            "sleep" => new Code().I32(64).I32(256).I32(1).I32(512).Call(poll).Op(Opcode.Drop),
            "print" => new Code().Open(Opcode.Loop).I32(1).I32(0).I32(1).I32(8).Call(write).Op(Opcode.Drop).Op(Opcode.Br, 0).End(),
            "fill" => new Code().Open(Opcode.Loop).I32(1024).I32(0).I32(60_000).Op(Opcode.MemoryFill, 0).Op(Opcode.Br, 0).End(),
            "recursion" => new Code().Op(Opcode.ReturnCall, self),
            _ => new Code().Open(Opcode.Loop).Op(Opcode.Br, 0).End(),
        };
        uint run = module.Function(":", body, export: start ? "run" : "_start");
        if (start)
        {
            module.Function(":", new Code(), export: "_start");
            module.Start(run);
        }
        return module.Build();
    }

    [Theory]
    [MemberData(nameof(Busy))]
    public void A_device_answers_and_stops_whatever_its_app_does(string how)
    {
        DeviceClient client = Connect();
        foreach (bool start in new[] { false, true })
        {
            client.Install("busy", BusyApp(how, start), true, null, _ => { });
            int before = Text.Length;
            client.Run("busy");
            Patience.Eventually(() => client.Status().IsRunning || Text[before..].Contains("wn:end", StringComparison.Ordinal),
                "the app does not run");
            Assert.True(client.Status().IsRunning, $"the app has ended: {client.Status().Ended} {Text[before..]}");
            client.Stop();
            Patience.Eventually(() => !client.Status().IsRunning, "the app does not stop");
            Assert.Equal(WasmError.Terminated, client.Status().Ended);
            client.Remove("busy");
        }
    }

    [Fact]
    public void Text_of_an_app_and_answers_share_the_line()
    {
        DeviceClient client = Connect();
        client.Install("hello", SmallHello(), true, null, _ => { });
        client.Run("");
        Patience.Eventually(() => client.Status() is { IsRunning: false, Slot: 0 }, "the app does not end");
        Assert.Equal(WasmError.None, client.Status().Ended);
        Patience.Eventually(() => Text.Contains("wn:end 0\n", StringComparison.Ordinal), "the device's text is missing");
        Assert.Equal("\x1Ewn:start\nhello\n\x1Ewn:end 0\n", Text);
    }

    private static byte[] SmallHello()
    {
        ModuleBuilder module = new();
        uint write = module.ImportFunction("wasi_snapshot_preview1", "fd_write", "iiii:i");
        module.Memory(1, export: "memory");
        module.Data(0, 16, 0, 0, 0, 6, 0, 0, 0).Data(16, [.. "hello\n"u8]);
        module.Function(":", new Code().I32(1).I32(0).I32(1).I32(8).Call(write).Op(Opcode.Drop), export: "_start");
        return module.Build();
    }

    [Fact]
    public void Trap_in_a_start_function_is_reported_once_with_its_call_stack()
    {
        ModuleBuilder module = new();
        module.Start(module.Function(":", new Code().Op(Opcode.Unreachable), export: "_start"));
        DeviceClient client = Connect();
        client.Install("bad", module.Build(), true, null, _ => { });
        client.Run("");
        Patience.Eventually(() => Text.Contains("wn:end", StringComparison.Ordinal), "the app does not end");
        Assert.Equal(WasmError.Unreachable, client.Status().Ended);
        Assert.Equal("\x1Ewn:start\n\x1Ewn:at 0\n\x1Ewn:end error\n", Text);
    }

    [Fact]
    public void An_installation_that_is_open_does_not_survive_a_command_that_may_take_its_slot()
    {
        DeviceClient client = Connect();
        client.Install("a", SmallHello(), true, null, _ => { });
        client.Install("b", SmallHello(), false, null, _ => { });
        byte[] begin = [.. BitConverter.GetBytes(100u), .. BitConverter.GetBytes(0u), 0, 0xFF, .. "c"u8];
        _link.Request(ConsoleCommand.Begin, begin);
        client.Activate("a");
        WasmException e =
            Assert.Throws<WasmException>(() => _link.Request(ConsoleCommand.Data, [.. BitConverter.GetBytes(0u), .. new byte[100]]));
        Assert.NotEqual(WasmError.None, e.Error);
        Assert.Contains(client.Slots(), slot => slot is { State: AppSlotState.Ready, Name: "a", IsBootChoice: true });
        Assert.DoesNotContain(client.Slots(), slot => slot.Name == "c" && slot.State == AppSlotState.Ready);
        Assert.False(_device.Misused);
    }

    [Fact]
    public void Exit_code_is_that_of_the_app_that_gave_it()
    {
        ModuleBuilder module = new();
        module.Function(":", new Code().I32(3).Call(module.ImportFunction("wasi_snapshot_preview1", "proc_exit", "i:")), export: "_start");
        ModuleBuilder starting = new();
        starting.Start(starting.Function(":", new Code().I32(4)
            .Call(starting.ImportFunction("wasi_snapshot_preview1", "proc_exit", "i:"))));
        DeviceClient client = Connect();
        client.Install("three", module.Build(), false, null, _ => { });
        client.Install("four", starting.Build(), false, null, _ => { });
        client.Install("none", SmallHello(), false, null, _ => { });
        foreach ((string name, int code) in ((string, int)[])[("three", 3), ("none", 0), ("four", 4)])
        {
            int slot = client.Run(name);
            Patience.Eventually(() => client.Status() is { IsRunning: false } status && status.Slot == slot, "the app does not end");
            Assert.Equal(code, client.Status().ExitCode);
        }
    }

    [Fact]
    public void Noise_costs_time_and_nothing_else()
    {
        const int noise = 700;
        DeviceClient client = Connect(noise);
        byte[] image = SlotBoard.Image(3, 2000);
        client.Install("a", image, false, null, _ => { });
        client.Install("b", image, false, 2, _ => { });
        client.Remove("a");
        DeviceSlot[] slots = [.. client.Slots()];
        Assert.Equal([AppSlotState.Empty, AppSlotState.Empty, AppSlotState.Ready], slots.Select(slot => slot.State));
        Assert.Equal(DeviceClient.CrcOf(image), slots[2].ImageCrc);
        Assert.True(_link.Repeats > 0, "there was no noise");
        Assert.False(_device.Misused);
    }

    [Fact]
    public void A_request_whose_answer_is_lost_is_not_executed_twice()
    {
        DeviceClient client = Connect(deviceLoses: write => write % 2 == 0);
        client.Install("a", SlotBoard.Image(3, 300), false, null, _ => { });
        client.Remove("a");
        Assert.Equal(2u, _device.Erases);
        Assert.True(_link.Repeats >= 5);
    }

    [Fact]
    public void A_closed_line_and_a_silent_device_have_errors_of_their_own()
    {
        DeviceClient client = Connect(tries: 4);
        _line.Device.Loses = _ => true;
        DeviceException silent = Assert.Throws<DeviceException>(client.Stop);
        Assert.Equal(DeviceError.NoAnswer, silent.Error);
        Assert.Contains("did not answer 4 requests", silent.Message, StringComparison.Ordinal);
        _line.Device.Dispose();
        Patience.Eventually(() => _link.IsClosed, "the end of the line is not noticed");
        Assert.Contains("closed", Assert.Throws<DeviceException>(client.Stop).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_of_the_device_keep_their_numbers()
    {
        DeviceClient client = Connect();
        Assert.Equal(WasmError.ImageTooLarge,
            Assert.Throws<WasmException>(() => client.Install("a", new byte[8192 - 63], true, null, _ => { })).Error);
        Assert.Equal(WasmError.NoSuchSlot, Assert.Throws<WasmException>(() => client.Install("a", new byte[8], true, 3, _ => { })).Error);
        Assert.Equal(WasmError.BadAppName,
            Assert.Throws<WasmException>(() => client.Install("a b", new byte[8], true, null, _ => { })).Error);
        Assert.Equal(WasmError.NoSuchSlot, Assert.Throws<WasmException>(() => client.RemoveSlot(9)).Error);
        Assert.Equal(WasmError.BadRequest, Assert.Throws<WasmException>(() => _link.Request((ConsoleCommand)77, [])).Error);
        Assert.Equal(WasmError.BadRequest, Assert.Throws<WasmException>(() => _link.Request(ConsoleCommand.Status, [1])).Error);
        Assert.Equal(WasmError.BadRequest, Assert.Throws<WasmException>(() => _link.Request(ConsoleCommand.Slot, [])).Error);
        Assert.Equal(WasmError.NoInstallOpen, Assert.Throws<WasmException>(() => _link.Request(ConsoleCommand.Commit, [])).Error);
    }
}
