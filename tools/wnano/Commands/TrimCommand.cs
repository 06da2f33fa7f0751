// SPDX-License-Identifier: MIT
// wnano trim: the same app in less flash and RAM.
using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Wamr.Nano.Tool.Apps;
using Wamr.Nano.Tool.Fit;
using Wamr.Nano.Tool.Printing;
using Wamr.Nano.Tool.Trimming;
using Wamr.Nano.Tool.Usage;

namespace Wamr.Nano.Tool.Commands;

internal static class TrimCommand
{
    internal static Command Create()
    {
        Argument<FileInfo> module = Host.ModuleArgument();
        Option<FileInfo> output = new("--output", "-o") { Description = "Name of the new module.", HelpName = "file", Required = true };
        Option<string[]> keep = new("--keep")
        {
            Description = "Custom section to keep, such as name.",
            HelpName = "section",
            DefaultValueFactory = _ => [],
        };
        Option<bool> json = Output.JsonOption();
        WnanoCommand command = new(
            "trim", "Write a smaller module that does the same with less flash and RAM.",
            ("wnano trim app.wasm -o small.wasm", "the same app, but smaller"))
        { module, output, keep, json };
        command.SetAction(parsed => Program.Guard(() =>
        {
            FileInfo file = parsed.GetRequiredValue(module), to = parsed.GetRequiredValue(output);
            byte[] binary = Host.ReadModule(file);
            Trim trim = Trim.Of(binary, parsed.GetValue(keep)!);
            uint before = Pool(binary), after = Pool(trim.Binary);
            File.WriteAllBytes(to.FullName, trim.Binary);
            if (parsed.GetValue(json)) Output.Json(Json(file, to, binary.Length, trim, before, after));
            else Print(to, binary.Length, trim, before, after);
            return 0;
        }));
        return command;
    }

    /// <summary>The pool it needs on a board, by estimate.</summary>
    private static uint Pool(byte[] binary)
    {
        using Estimation estimation = new(new() { Module = binary }, 0);
        return estimation.Need.PoolBytes;
    }

    private static void Print(FileInfo to, int oldBytes, Trim trim, uint before, uint after)
    {
        foreach (string line in trim.Changes) Console.WriteLine(line);
        foreach (string line in trim.Kept) Console.WriteLine($"unchanged: {line}");
        Console.WriteLine(
            $"{to.Name}: {Bytes.Text((uint)trim.Binary.Length)} B of flash (before {Bytes.Text((uint)oldBytes)} B), {Bytes.Text(after)} "
            + $"B of RAM (before {Bytes.Text(before)} B)");
    }

    private static JsonObject Json(FileInfo file, FileInfo to, int oldBytes, Trim trim, uint before, uint after) => new()
    {
        ["module"] = file.Name,
        ["output"] = to.FullName,
        ["bytesBefore"] = oldBytes,
        ["bytes"] = trim.Binary.Length,
        ["poolBefore"] = before,
        ["pool"] = after,
        ["changes"] = Strings(trim.Changes),
        ["kept"] = Strings(trim.Kept),
    };

    private static JsonArray Strings(IReadOnlyList<string> lines) => [.. lines.Select(line => (JsonNode)line)];
}
