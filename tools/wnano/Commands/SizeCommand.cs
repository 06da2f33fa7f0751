// SPDX-License-Identifier: MIT
// wnano size: how much flash and RAM a module, an image or a firmware takes, as text, data or a picture.
using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Printing;
using Wamr.Nano.Tool.Size;
using Wamr.Nano.Tool.Usage;

namespace Wamr.Nano.Tool.Commands;

internal static class SizeCommand
{
    internal static Command Create()
    {
        Argument<FileInfo> file = new("file") { Description = "A .wasm module, an image, or the ELF file of a firmware." };
        Option<FileInfo?> diff = new("--diff")
        {
            Description = "Compare with this older file, which must be of the same kind.",
            HelpName = "old",
        };
        Option<string?> board = new("--board")
        {
            Description = "Compare the sizes with the memories of this board; 'wnano boards' lists the boards.",
            HelpName = "name",
        };
        Option<uint> stack = Bytes.StackOption("Operand stack of a module; by default, the most that its calls can take.");
        Option<uint> heap = Bytes.Option("--heap", 0, "App heap in a module's linear memory; by default, none.");
        Option<bool> all = new("--all") { Description = "List all parts, not only the largest." };
        Option<string> format = new("--format") { Description = "The format of the output.", DefaultValueFactory = _ => "text" };
        format.Only("text", "json", "csv", "html", "svg");
        Option<FileInfo?> output = new("--output", "-o") { Description = "Write to this file instead of the console.", HelpName = "file" };
        Option<bool> json = Output.JsonOption();
        WnanoCommand command = new(
            "size", "Show how much flash and RAM a module, an image or a firmware takes.",
            ("wnano size app.wasm", "what takes most"),
            ("wnano size app.wasm --diff old.wasm", "what has grown"),
            ("wnano size firmware.elf --format html -o size.html", "a page with treemaps"))
        { file, diff, board, stack, heap, all, format, output, json };
        command.SetAction(parsed => Program.Guard(() =>
        {
            SizeSource source =
                new(parsed.GetValue(board) is string name ? SourceTree.Find().Board(name) : null, parsed.GetValue(stack),
                    parsed.GetValue(heap));
            SizeReport report = source.Read(parsed.GetRequiredValue(file));
            SizeReport? old = parsed.GetValue(diff) is FileInfo before ? source.Read(before) : null;
            string wanted = parsed.GetValue(json) ? "json" : parsed.GetValue(format)!;
            using StringWriter text = new();
            Write(text, report, old, wanted, parsed.GetValue(all) ? int.MaxValue : SizeText.Shown);
            if (parsed.GetValue(output) is FileInfo to) File.WriteAllText(to.FullName, text.ToString());
            else Console.Write(text);
            return 0;
        }));
        return command;
    }

    private static void Write(StringWriter to, SizeReport report, SizeReport? old, string format, int shown)
    {
        if (old != null)
        {
            IReadOnlyList<SizeChange> totals = SizeDiff.Totals(old, report), changes = SizeDiff.Of(old, report);
            if (format == "json") to.WriteLine(SizeData.Json(totals, changes));
            else if (format == "csv") SizeData.Csv(to, changes);
            else if (format == "text") SizeText.Write(to, totals, changes, shown);
            else throw new UsageException($"--diff cannot be drawn as {format}: use text, json or csv");
        }
        else if (format == "json") to.WriteLine(SizeData.Json(report));
        else if (format == "csv") SizeData.Csv(to, report);
        else if (format == "html") to.Write(SizeHtml.Page(report));
        else if (format == "svg") to.Write(TreemapSvg.File(report));
        else SizeText.Write(to, report, shown);
    }
}
