// SPDX-License-Identifier: MIT
// wnano size: what each part of a module costs, in RAM (bytes of the pool) and in ROM (bytes of the file).
using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace Wamr.Nano.Tool.Commands;

internal static class SizeCommand
{
    /// <summary>Large enough for what a microcontroller could ever hold; untouched pages of it cost nothing.</summary>
    private const uint MeasuringPool = 256 << 20;

    /// <summary>Loop iterations and calls a start function may take.</summary>
    private const ulong StartFuel = 100_000_000;

    private sealed record Part(string Name, uint Ram, uint Rom);

    internal static Command Create()
    {
        Argument<FileInfo> module = Host.ModuleArgument();
        Option<uint> stack = Bytes.Option("--stack", 1024, "Operand stack.");
        Option<uint> heap = Bytes.Option("--heap", 0, "App heap inside the linear memory.");
        Option<bool> json = Output.JsonOption();
        Command command = new("size", "Show what each part of a module costs in RAM and ROM.") { module, stack, heap, json };
        command.SetAction(parsed => Program.Guard(() =>
        {
            FileInfo file = parsed.GetRequiredValue(module);
            return Size(Host.NameOf(file), Host.Read(file), parsed.GetValue(stack), parsed.GetValue(heap), parsed.GetValue(json));
        }));
        return command;
    }

    private static int Size(string name, byte[] binary, uint stack, uint heap, bool json)
    {
        List<Part> parts = [.. Measure(binary, stack, heap), .. Sections.Of(binary).Select(section => new Part(section.Title, 0, section.Bytes))];
        uint ram = (uint)parts.Sum(part => part.Ram), rom = (uint)parts.Sum(part => part.Rom);
        if (json)
        {
            JsonArray rows = [.. parts.Select(part => (JsonNode)new JsonObject { ["part"] = part.Name, ["ram"] = part.Ram, ["rom"] = part.Rom })];
            Output.Json(new() { ["module"] = name, ["ram"] = ram, ["rom"] = rom, ["parts"] = rows });
            return 0;
        }
        Table table = Output.Table("part", "RAM", "ROM");
        foreach (Part part in parts) table.AddRow(Markup.Escape(part.Name), Cell(part.Ram), Cell(part.Rom));
        Output.Print(table);
        Console.WriteLine($"Module: {name} ({Bytes.Text(ram)} RAM - {Bytes.Text(rom)} ROM)");
        return 0;
    }

    /// <summary>What the pool loses at each step from an empty runtime to an instance that is ready to run.</summary>
    private static IEnumerable<Part> Measure(byte[] binary, uint stack, uint heap)
    {
        using NanoRuntime runtime = new(MeasuringPool);
        uint empty = runtime.Statistics.All.Used;
        NanoModule module = runtime.LoadModule(binary);
        uint loaded = runtime.Statistics.Modules.Used;
        NanoInstance instance = module.Instantiate(new() { StackBytes = stack, HeapBytes = heap, AllowUnlinked = true, StartFuel = StartFuel });
        uint memory = instance.Memory.Size;
        _ = instance.ExecEnv;
        NanoMemoryStatistics s = runtime.Statistics;
        yield return new("runtime", empty, 0);
        yield return new("module: tables", loaded - module.CodeSize, 0);
        yield return new("module: register code", module.CodeSize, 0);
        yield return new("instance: linear memory", memory, 0);
        yield return new("instance: the rest", s.All.Used - empty - loaded - s.ExecEnvs.Used - memory, 0);
        yield return new("execution environment, stack", s.ExecEnvs.Used, 0);
    }

    private static string Cell(uint bytes) => bytes == 0 ? "" : Bytes.Text(bytes);
}
