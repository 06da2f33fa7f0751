// SPDX-License-Identifier: MIT
// wnano monitor: what a device prints, with times, traps and faults in words, and again after the cable was out.
using System;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading;
using Wamr.Nano.Tool.Apps;
using Wamr.Nano.Tool.Devices;
using Wamr.Nano.Tool.Emulate;
using Wamr.Nano.Tool.Usage;

namespace Wamr.Nano.Tool.Commands;

internal static class MonitorCommand
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(500), Pause = TimeSpan.FromMilliseconds(200);

    internal static Command Create()
    {
        Option<string> compiler = new("--compiler")
        {
            Description = "The compiler of the firmware; its addr2line finds source lines.",
            HelpName = "gcc",
            DefaultValueFactory = _ => "arm-none-eabi-gcc",
        };
        Option<FileInfo?> elf = new("--elf")
        {
            Description = "The firmware on the device, to show source lines of faults.",
            HelpName = "file",
        };
        Option<FileInfo?> app = new("--app")
        {
            Description = "The app on the device, to show function names in call stacks.",
            HelpName = "file",
        };
        Option<string> time = new("--time")
        {
            Description = "The time to show before each line: of the clock, elapsed since the start, or none.",
            DefaultValueFactory = _ => "clock",
        };
        time.Only("clock", "elapsed", "none");
        Option<bool> once = new("--once") { Description = "End when the connection closes, instead of waiting for it to come back." };
        WnanoCommand command = new(
            "monitor", "Show what a device prints, until Ctrl+C.",
            ("wnano monitor --port /dev/ttyACM0", "what the device prints"),
            ("wnano monitor --app app.wasm --elf firmware.elf --port /dev/ttyACM0", "with names of functions and source lines"))
        { compiler, elf, app, time, once };
        DeviceOptions device = new();
        device.AddTo(command);
        command.SetAction(parsed => Program.Guard(() =>
        {
            using ModuleTypes? types = parsed.GetValue(app) is FileInfo module ? new(Host.Read(module)) : null;
            string? firmware = parsed.GetValue(elf)?.FullName;
            if (firmware != null) _ = Host.Read(new(firmware));
            MonitorText text =
                new(Console.WriteLine, Stamp(parsed.GetValue(time)!), index => types?.FunctionName(index), report => firmware == null
                ? $"the processor stopped with a fault: {report} (with --elf, source lines are named)"
                : FaultText.Explain(report, parsed.GetValue(compiler)!, firmware));
            using Interrupt interrupt = new();
            Follow(() => device.Open(parsed), text, parsed.GetValue(once));
            return 0;
        }));
        return command;
    }

    private static Func<string> Stamp(string kind)
    {
        Stopwatch watch = Stopwatch.StartNew();
        return kind switch
        {
            "none" => () => "",
            "elapsed" => () => string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalSeconds,10:F3}  "),
            _ => () => DateTime.Now.ToString("HH:mm:ss.fff  ", CultureInfo.InvariantCulture),
        };
    }

    /// <summary>Reads until the line is closed, and then from the next one that opens.</summary>
    private static void Follow(Func<Stream> open, MonitorText text, bool once)
    {
        for (bool waited = false; ; Thread.Sleep(Retry))
        {
            try
            {
                using Stream line = open();
                Console.Error.WriteLine("-- connected");
                waited = false;
                Read(line, text);
            }
            catch (DeviceException e) when (!once && e.Error is DeviceError.WrongPort or DeviceError.NoPort)
            {
                if (!waited) Console.Error.WriteLine($"-- waiting: {e.Message}");
                waited = true;
                continue;
            }
            catch (IOException e) when (e is not DeviceException)
            {
                Console.Error.WriteLine($"-- {e.Message}");
            }
            if (once) return;
            Console.Error.WriteLine("-- disconnected");
        }
    }

    private static void Read(Stream line, MonitorText text)
    {
        object gate = new();
        LineSplitter splitter = new(_ => { }, bytes => text.Take(bytes));
        using Timer pause = new(_ =>
        {
            lock (gate) splitter.Flush();
        });
        byte[] buffer = new byte[1024];
        for (int size; (size = line.Read(buffer, 0, buffer.Length)) > 0;)
        {
            lock (gate) splitter.Take(buffer.AsSpan(0, size));
            pause.Change(Pause, Timeout.InfiniteTimeSpan);
        }
        lock (gate)
        {
            splitter.Flush();
            text.End();
        }
    }
}
