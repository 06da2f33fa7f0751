// SPDX-License-Identifier: MIT
// wnano check: whether a module is well-formed, valid, within this runtime's features and limits; and what could be in its way when it
// runs.
using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Wamr.Nano.Tool.Apps;
using Wamr.Nano.Tool.Errors;
using Wamr.Nano.Tool.Fit;
using Wamr.Nano.Tool.Printing;
using Wamr.Nano.Tool.Trimming;
using Wamr.Nano.Tool.Usage;

namespace Wamr.Nano.Tool.Commands;

internal static class CheckCommand
{
    /// <summary>Warnings of one kind that are shown.</summary>
    private const int MostWarnings = 5;

    /// <param name="CodeBytes">Bytes of its register code.</param>
    /// <param name="Warnings">What could be in its way.</param>
    private sealed record Findings(uint CodeBytes, IReadOnlyList<string> Warnings);

    internal static Command Create()
    {
        Argument<FileInfo> module = Host.ModuleArgument();
        Option<bool> json = Output.JsonOption();
        LoadOptions load = new();
        WnanoCommand command = new(
            "check", "Check a module: format, validity, features, limits, and what could go wrong at run time.",
            ("wnano check app.wasm", "whether it is valid; if not, where and why"))
        { module, json };
        load.AddTo(command);
        command.SetAction(parsed => Program.Guard(() => parsed.GetValue(json)
            ? CheckJson(parsed.GetRequiredValue(module), load.Of(parsed)) : Check(parsed.GetRequiredValue(module), load.Of(parsed))));
        return command;
    }

    private static int Check(FileInfo file, LoadSettings load)
    {
        byte[] binary = Host.ReadModule(file);
        Findings findings = Load(binary, load);
        Console.WriteLine($"{file.Name}: valid, {Bytes.Text((uint)binary.Length)} B, {Bytes.Text(findings.CodeBytes)} B of register code");
        foreach (string warning in findings.Warnings) Console.WriteLine($"warning: {warning}");
        return 0;
    }

    private static int CheckJson(FileInfo file, LoadSettings load)
    {
        JsonObject result = new() { ["file"] = file.Name };
        try
        {
            Findings findings = Load(Host.ReadModule(file), load);
            result["registerCodeBytes"] = findings.CodeBytes;
            result["valid"] = true;
            result["warnings"] = new JsonArray([.. findings.Warnings.Select(warning => (JsonNode)warning)]);
        }
        catch (WasmException e)
        {
            Failures.Print(e);
            result["valid"] = false;
            result["code"] = e.Code;
            result["message"] = e.ToolMessage;
            result["offset"] = e.Offset;
            result["index"] = e.Index;
        }
        Output.Json(result);
        return (bool)result["valid"]! ? 0 : Program.Error;
    }

    /// <summary>Loads a module, taking memory from the system.</summary>
    private static Findings Load(byte[] binary, LoadSettings load)
    {
        using NanoRuntime runtime =
            new(new NanoRuntimeOptions { PoolBytes = 0, WholePages = load.WholePages, CStackChecks = !load.NoCStackCheck });
        using NanoModule module = runtime.LoadModule(binary);
        Instantiability.Demand(module);
        return new(module.CodeSize, [.. BehindHeapBase(module), .. BeyondMemory(module)]);
    }

    /// <summary>Data that are copied to where there is no memory, unless an app heap makes it larger.</summary>
    private static unsafe IEnumerable<string> BeyondMemory(NanoModule module)
    {
        Module* m = module.Pointer;
        List<string> warnings = [];
        if (m->Info->Memory.Import != 0) return warnings;
        ulong size = (ulong)m->Info->Memory.Min << m->Info->Memory.PageShift;
        for (uint i = 0; i < m->DataCount; i++)
        {
            DataSegment segment;
            uint offset;
            DataSegments.Get(m, i, &segment);
            if (!segment.Active || !HeapBase.Constant(m, (uint)(segment.Offset - m->Bytes), &offset)
                || (ulong)offset + segment.Size <= size)
                continue;
            warnings.Add(
                $"data segment {i} ends at {Bytes.Text((ulong)offset + segment.Size)}, and the memory begins with "
                + $"{Bytes.Text(size)} B: instantiating it traps");
        }
        return warnings;
    }

    /// <summary>What speaks of memory that is cut off.</summary>
    private static unsafe IEnumerable<string> BehindHeapBase(NanoModule module)
    {
        MemoryType* memory = &module.Pointer->Info->Memory;
        if (memory->TruncatedBytes == 0) return [];
        uint heapBase = module.Pointer->Info->AuxStack.HeapBase;
        MemoryMap map = MemoryMap.Of(module);
        string[] found =
            [
                .. new AddressScan(module.Pointer, heapBase, (ulong)memory->Min << memory->PageShift,
                    map.StackTop == heapBase ? map.StackPointer : -1).All()];
        if (found.Length == 0) return [];
        string rest = found.Length > MostWarnings ? $"; and {found.Length - MostWarnings} more" : "";
        return
        [
            .. found.Take(MostWarnings).Select(one => $"{one} could be an address at or beyond __heap_base"),
            $"the memory ends there, at {Bytes.Text(heapBase)} B, and an access beyond traps{rest}: if the app "
                + $"uses it, give it whole pages (--whole-pages)",
        ];
    }
}
