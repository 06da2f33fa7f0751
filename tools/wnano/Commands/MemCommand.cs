// SPDX-License-Identifier: MIT
// wnano mem: the pool of a running device; with --live, over time.
using System;
using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading;
using Wamr.Nano.Tool.Devices;
using Wamr.Nano.Tool.Printing;
using Wamr.Nano.Tool.Usage;

namespace Wamr.Nano.Tool.Commands;

internal static class MemCommand
{
    private const int MostBar = 50, LeastBar = 4;

    internal static Command Create()
    {
        const int day = 86_400;
        Option<bool> live = new("--live")
        {
            Description = "Repeat until Ctrl+C: print a line each time, with a bar that shows what is used.",
        };
        Option<double> interval = new("--interval")
        {
            Description = "Seconds between two lines.",
            HelpName = "seconds",
            DefaultValueFactory = _ => 1,
        };
        Option<int?> count = new("--count") { Description = "Number of lines to print; by default, until Ctrl+C.", HelpName = "lines" };
        Option<bool> json = Output.JsonOption();
        interval.Between(0, day);
        count.Between(1, int.MaxValue);
        WnanoCommand command = new(
            "mem", "Show how full the pool of a device is.",
            ("wnano mem --port /dev/ttyACM0", "the pool now"),
            ("wnano mem --live --count 10 --port /dev/ttyACM0", "ten times, once a second"))
        { live, interval, count, json };
        DeviceOptions device = new();
        device.AddTo(command);
        command.SetAction(parsed => Program.Guard(() =>
        {
            double seconds = parsed.GetValue(interval);
            if (!parsed.GetValue(live)) parsed.Refuse("without --live", interval, count);
            using Interrupt? interrupt = parsed.GetValue(live) ? new() : null;
            return device.With(parsed, client =>
                Show(client, parsed.GetValue(live) ? parsed.GetValue(count) ?? int.MaxValue : 1, TimeSpan.FromSeconds(seconds),
                    parsed.GetValue(json)));
        }));
        return command;
    }

    private static int Show(DeviceClient client, int lines, TimeSpan interval, bool json)
    {
        if (!json)
            Console.WriteLine($"pool {Bytes.Text(client.Status().Pool)} B: # used, | most ever used, - rest of the largest block, . free");
        for (int i = 0; i < lines; i++)
        {
            if (i != 0) Thread.Sleep(interval);
            Show(client.Status(), json);
        }
        return 0;
    }

    private static void Show(DeviceStatus status, bool json)
    {
        if (json) Output.Json(Json(status));
        else Console.WriteLine(Line(DateTime.Now, status, Output.Width));
    }

    /// <summary>A line of the chart: on a narrow console a shorter bar, and numbers by the signs of the chart.</summary>
    internal static string Line(DateTime time, DeviceStatus s, int width)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        string clock = time.ToString("HH:mm:ss", invariant);
        string figures =
            string.Create(invariant,
                $"used {s.Used,9:N0}  high {s.HighWater,9:N0}  largest {s.LargestFree,9:N0}  "
                + $"modules {s.Modules:N0}  instances {s.Instances:N0}");
        int frame = clock.Length + " [] ".Length;
        if (frame + MostBar + figures.Length > width)
            figures = string.Create(invariant, $"#{s.Used:N0} |{s.HighWater:N0} -{s.LargestFree:N0}");
        return $"{clock} [{Bar(s, Math.Clamp(width - frame - figures.Length, LeastBar, MostBar))}] {figures}";
    }

    private static string Bar(DeviceStatus s, int width)
    {
        char[] bar = new char[width];
        int used = Column(s.Used), largest = Column(s.LargestFree), high = Math.Min(Column(s.HighWater), width - 1);
        for (int i = 0; i < width; i++) bar[i] = i < used ? '#' : i < used + largest ? '-' : '.';
        if (s.HighWater > s.Used) bar[high] = '|';
        return new string(bar);

        int Column(uint bytes) => s.Pool == 0 ? 0 : (int)((ulong)bytes * (ulong)width / s.Pool);
    }

    private static JsonObject Json(DeviceStatus s) => new()
    {
        ["pool"] = s.Pool,
        ["used"] = s.Used,
        ["highWater"] = s.HighWater,
        ["largestFree"] = s.LargestFree,
        ["runtime"] = s.Runtime,
        ["modules"] = s.Modules,
        ["instances"] = s.Instances,
        ["execEnvs"] = s.ExecEnvs,
        ["running"] = s.IsRunning,
    };
}
