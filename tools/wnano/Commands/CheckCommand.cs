// SPDX-License-Identifier: MIT
// wnano check: whether a module is well-formed, valid, and within this runtime's features.
using System;
using System.CommandLine;
using System.IO;
using System.Text.Json.Nodes;
using Wamr.Nano.Tool.Usage;

namespace Wamr.Nano.Tool.Commands;

internal static class CheckCommand
{
    internal static Command Create()
    {
        Argument<FileInfo> module = Host.ModuleArgument();
        Option<bool> json = Output.JsonOption();
        WnanoCommand command = new(
            "check", "Check a module: format, validity, features.",
            ("wnano check app.wasm", "valid, or where and why not"))
        { module, json };
        command.SetAction(parsed => Program.Guard(() =>
            parsed.GetValue(json) ? CheckJson(parsed.GetRequiredValue(module)) : Check(parsed.GetRequiredValue(module))));
        return command;
    }

    private static int Check(FileInfo file)
    {
        byte[] binary = Host.ReadModule(file);
        uint code = Load(binary);
        Console.WriteLine($"{file.Name}: valid, {Bytes.Text((uint)binary.Length)} B, {Bytes.Text(code)} B of register code");
        return 0;
    }

    private static int CheckJson(FileInfo file)
    {
        JsonObject result = new() { ["file"] = file.Name };
        try
        {
            result["registerCodeBytes"] = Load(Host.ReadModule(file));
            result["valid"] = true;
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
    /// <returns>Bytes of its register code.</returns>
    private static uint Load(byte[] binary)
    {
        using NanoRuntime runtime = new(0);
        using NanoModule module = runtime.LoadModule(binary);
        return module.CodeSize;
    }
}
