// SPDX-License-Identifier: MIT
// wnano demo: the main job in one command. A sensor app written in C runs in a pool of 8 KB and prints its readings, here and on a board.
using System;
using System.CommandLine;
using System.IO;
using System.Text;
using Wamr.Nano.Tool.Apps;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Emulate;
using Wamr.Nano.Tool.Printing;
using Wamr.Nano.Tool.Usage;

namespace Wamr.Nano.Tool.Commands;

internal static class DemoCommand
{
    private const string NoBoard = "none";
    private const uint PoolBytes = 8 << 10, StackBytes = 512;

    internal static Command Create()
    {
        Option<int> rounds = new("--rounds") { Description = "How often to read each sensor channel.", DefaultValueFactory = _ => 8 };
        Option<string> board = new("--board")
        {
            Description = $"The emulated board to run on as well, or '{NoBoard}'.",
            HelpName = "name",
            DefaultValueFactory = _ => "stm32f405",
        };
        Option<bool> json = Output.JsonOption();
        rounds.Between(0, int.MaxValue);
        WnanoCommand command = new(
            "demo", "Run the sensor sample in a pool of 8 KB, then on an emulated board (not with --json).",
            ("wnano demo", "on this machine, then on an emulated STM32F405"),
            ("wnano demo --rounds 3 --board none", "three readings, only on this machine"))
        { rounds, board, json };
        command.SetAction(parsed => Program.Guard(() =>
        {
            if (parsed.GetValue(json)) parsed.Refuse("with --json, which reports only this machine", board);
            if (parsed.IsGiven(board) && parsed.GetValue(board) != NoBoard) _ = SourceTree.Find().Board(parsed.GetValue(board)!);
            int code = Demo(parsed.GetValue(rounds), parsed.GetValue(json));
            bool here = parsed.GetValue(json) || parsed.GetValue(board) == NoBoard;
            return here || code != 0 ? code : BoardDemo.Show(parsed.GetValue(board)!, parsed.GetValue(rounds));
        }));
        return command;
    }

    private static int Demo(int rounds, bool json)
    {
        byte[] sensor = Sensor();
        MemoryStream? output = json ? new() : null;
        if (!json)
            Console.WriteLine($"sensor.wasm ({Bytes.Text((uint)sensor.Length)} B, written in C) in a pool of {Bytes.Text(PoolBytes)} B:");
        using AppRun run = new(
            sensor,
            new NanoRuntimeOptions { PoolBytes = PoolBytes, ReadSensor = Sensors.Waveform(1), Output = output });
        int alarms = run.Instantiate(new() { StackBytes = StackBytes }).GetFunc<int, int>("run")(rounds);
        if (output != null)
        {
            Output.Json(new()
            {
                ["alarms"] = alarms,
                ["output"] = Encoding.UTF8.GetString(output.ToArray()),
                ["memory"] = Output.MemoryJson(run.Statistics),
            });
            return 0;
        }
        Console.WriteLine($"{alarms} alarm{(alarms == 1 ? "" : "s")}");
        Output.Memory(run.Statistics);
        return 0;
    }

    /// <summary>The sample, which is part of this program.</summary>
    private static byte[] Sensor()
    {
        using Stream resource = typeof(DemoCommand).Assembly.GetManifestResourceStream("sensor.wasm")!;
        using MemoryStream bytes = new();
        resource.CopyTo(bytes);
        return bytes.ToArray();
    }
}
