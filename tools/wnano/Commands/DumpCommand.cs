// SPDX-License-Identifier: MIT
// wnano dump: sections, declarations, and the disassembly of a module's code.
using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Wamr.Nano.Tool.Apps;
using Wamr.Nano.Tool.Dump;
using Wamr.Nano.Tool.Printing;
using Wamr.Nano.Tool.Size;
using Wamr.Nano.Tool.Usage;

namespace Wamr.Nano.Tool.Commands;

internal static class DumpCommand
{
    /// <summary>Names of the functions as compilers wrote them, only in JSON; the text shows readable names under "functions".</summary>
    private const string Symbols = "symbols";

    internal static Command Create()
    {
        Argument<FileInfo> module = Host.ModuleArgument();
        Option<bool> code = new("--code") { Description = "Disassemble the WebAssembly code, with offsets in the file." };
        Option<bool> registers = new("--registers") { Description = "Disassemble the register code, with offsets in units of 16 bits." };
        Option<bool> json = Output.JsonOption();
        WnanoCommand command = new(
            "dump", "Show sections, declarations and code of a module or an image.",
            ("wnano dump app.wasm", "sections, imports, exports"),
            ("wnano dump app.wasm --code", "the same, and the code"))
        { module, code, registers, json };
        command.SetAction(parsed => Program.Guard(() =>
        {
            byte[] binary = Host.Read(parsed.GetRequiredValue(module));
            using NanoRuntime runtime = new(0);
            JsonObject dump = NanoRuntime.IsImage(binary) ? DumpImage(runtime, binary, parsed.GetValue(code), parsed.GetValue(registers))
                : Dump(binary, runtime.LoadModule(binary), parsed.GetValue(code), parsed.GetValue(registers));
            if (parsed.GetValue(json)) Output.Json(dump);
            else Print(dump);
            return 0;
        }));
        return command;
    }

    private static JsonObject Dump(byte[] binary, NanoModule module, bool code, bool registers)
    {
        JsonObject dump = new()
        {
            ["sections"] =
                Strings(Sections.Of(binary).Select(section => $"0x{section.Offset:x6} {section.Title}: {Bytes.Text(section.Bytes)} B")),
            ["imports"] = Strings(ModuleListing.Imports(module)),
            ["exports"] = Strings(ModuleListing.Exports(module)),
            ["state"] = Strings(ModuleListing.State(module)),
            ["functions"] = Strings(ModuleListing.Functions(module).Select(function => function.Title)),
            [Symbols] = Strings(ModuleListing.Functions(module).Select(function => FunctionText.Symbol(module, function.Index))),
        };
        if (code) dump["code"] = Listing(module, WasmListing.Function);
        if (registers) dump["registers"] = Listing(module, RegisterListing.Function);
        return dump;
    }

    private static JsonObject DumpImage(NanoRuntime runtime, byte[] binary, bool code, bool registers)
    {
        ImageSizes.Check(binary);
        ImageListing image = new(binary);
        if (code) throw new UsageException("an image has no WebAssembly code; dump the module it was made from");
        if (registers && !image.IsBytecode)
            throw new UsageException(
                "a native image has machine code: 'wnano compile --emit obj' writes it for a disassembler such as objdump");
        NanoModule module = runtime.LoadModule(image.Skeleton);
        JsonObject dump = new()
        {
            ["header"] = Strings(image.Header()),
            ["parts"] = Strings(image.Parts()),
            ["imports"] = Strings(ModuleListing.Imports(module)),
            ["exports"] = Strings(ModuleListing.Exports(module)),
            // Where the memory ends was decided when the image was made.
            ["state"] =
                Strings(ModuleListing.State(module).Where(line => !line.StartsWith("memory truncated", StringComparison.Ordinal))
                    .Concat(image.Memory() is string memory ? [memory] : [])),
            ["functions"] = Strings(ModuleListing.Functions(module).Select(function => function.Title)),
            [Symbols] = Strings(ModuleListing.Functions(module).Select(function => FunctionText.Symbol(module, function.Index))),
        };
        if (registers) dump["registers"] = Listing(module, (_, index) => image.Registers(index));
        return dump;
    }

    private static JsonArray Listing(NanoModule module, Func<NanoModule, uint, IEnumerable<Line>> lines) =>
        Strings(ModuleListing.Functions(module).SelectMany(function =>
            lines(module, function.Index).Select(line => $"{line.Offset:x6}{line.Text}").Prepend(function.Title)));

    private static JsonArray Strings(IEnumerable<string> lines) => [.. lines.Select(line => (JsonNode)line)];

    private static void Print(JsonObject dump)
    {
        foreach ((string title, JsonNode? lines) in dump)
        {
            if (title == Symbols) continue;
            Console.WriteLine($"{title}:");
            foreach (JsonNode? line in (JsonArray)lines!) Console.WriteLine("  " + (string)line!);
        }
    }
}
