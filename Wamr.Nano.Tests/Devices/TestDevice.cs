// SPDX-License-Identifier: MIT
// A device on a thread of its own: runtime, slots, console and app server as a firmware has them, at the end of a line.
using System;
using System.Runtime.InteropServices;
using System.Threading;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Flash;
using Xunit;

namespace Wamr.Nano.Tests.Devices;

internal sealed unsafe class TestDevice : IDisposable
{
    private readonly Thread _thread;
    private readonly Pool _pool = new();
    private readonly Line.End _line;
    private readonly ConsoleServer* _console;
    private readonly byte* _board;
    private GCHandle _self;

    internal TestDevice(Line line)
    {
        _line = line.Device;
        _self = GCHandle.Alloc(this);
        _console = (ConsoleServer*)NativeMemory.AllocZeroed((nuint)sizeof(ConsoleServer));
        _board = (byte*)Marshal.StringToCoTaskMemUTF8("test");
        _console->Context = (void*)GCHandle.ToIntPtr(_self);
        _console->Read = &Read;
        _console->Write = &Write;
        _console->Flash = Slots.Device;
        _console->Pool = _pool.Allocator;
        _console->Board = _board;
        _console->BoardLength = 4;
        Slots.Device->Mapped = (byte*)Slots.Model->Now.Bytes;
        _thread = new(Serve) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>The flash; looked at while the device has nothing to do.</summary>
    internal SlotBoard Slots { get; } = new(new FlashTable("8K", 32, [8192, 8192, 8192], [1, 1, 1]));

    internal uint Erases => Slots.Model->Erases;

    /// <summary>Whether flash was asked for something it cannot do.</summary>
    internal bool Misused => Slots.Model->Violated != 0;

    /// <summary>Ends the device; its runtime must have given everything back.</summary>
    public void Dispose()
    {
        const int patience = 60_000;
        Assert.True(_thread.Join(patience), "the device did not end when its line was closed");
        Slots.Dispose();
        NativeMemory.Free(_console);
        Marshal.FreeCoTaskMem((nint)_board);
        _self.Free();
        _pool.Dispose();
    }

    private void Serve()
    {
        Core.Run.Runtime* rt = _pool.Runtime;
        PlatformHooks platform = new() { Context = _console, Write = &Print, Sleep = &Sleep, Clock = &Clock };
        Runtimes.Init(rt, &platform, Features.All);
        WasiModule.Register(rt);
        InstantiateArgs args = new() { StackBytes = 4096 };
        AppServer server =
            new() { Runtime = rt, Console = _console, Args = &args, Load = &ModuleLoader.Load, Started = &Started, Ended = &Ended };
        AppServer.Serve(&server);
        Runtimes.Destroy(rt);
    }

    private static void Sleep(void* context, ulong nanoseconds) => Thread.Sleep((int)(nanoseconds / 1_000_000) + 1);

    private static ulong Clock(void* context, uint clock) =>
        (ulong)(System.Diagnostics.Stopwatch.GetElapsedTime(0).Ticks * TimeSpan.NanosecondsPerTick);

    private static TestDevice Of(void* context) => (TestDevice)GCHandle.FromIntPtr((nint)context).Target!;

    private static uint Read(void* context, byte* bytes, uint size)
    {
        TestDevice device = Of(context);
        bool runs = device._console->App.Runs;
        int read = device._line.Read(new Span<byte>(bytes, (int)size), runs ? 0 : 5);
        return read switch { 0 => ConsoleServer.Closed, < 0 => 0, _ => (uint)read };
    }

    private static void Write(void* context, byte* bytes, uint size) => Of(context)._line.Write(new ReadOnlySpan<byte>(bytes, (int)size));

    private static uint Print(void* context, uint stream, byte* text, uint size)
    {
        // A line takes its time.
        Thread.Sleep(1);
        ConsoleServer.Text(&Write, ((ConsoleServer*)context)->Context, text, size);
        return size;
    }

    private static void Started(AppServer* server, int slot) => Line(server, "\x1Ewn:start\n"u8);

    private static void Ended(AppServer* server, ExecEnv* env, WasmError error)
    {
        CallFrame frame;
        if (env != null && CallStack.First(env, &frame)) Line(server, frame.Function == 0 ? "\x1Ewn:at 0\n"u8 : "\x1Ewn:at more\n"u8);
        Line(server, error == WasmError.None ? "\x1Ewn:end 0\n"u8 : "\x1Ewn:end error\n"u8);
    }

    private static void Line(AppServer* server, ReadOnlySpan<byte> text)
    {
        fixed (byte* p = text) ConsoleServer.Text(&Write, server->Console->Context, p, (uint)text.Length);
    }
}
