// SPDX-License-Identifier: MIT
// What the commands share: reading a module, making a runtime for it, and linking what apps import.
using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using Wamr.Nano.Tool.Errors;
using Wamr.Nano.Tool.Flash;
using Wamr.Nano.Tool.Printing;
using Wamr.Nano.Tool.Usage;

namespace Wamr.Nano.Tool.Apps;

internal static class Host
{
    internal static Argument<FileInfo> ModuleArgument() => new("module")
    {
        Description = "The .wasm file, or an image made from it (.xip).",
    };

    internal static Option<bool> AllowUnlinkedOption() => new("--allow-unlinked")
    {
        Description = "Run the module even if imported functions are missing; calling one traps.",
    };

    /// <summary>A runtime with all host modules there are, offered to every app.</summary>
    internal static NanoRuntime Create(NanoRuntimeOptions options)
    {
        NanoRuntime runtime = new(options);
        try
        {
            runtime.AddWasi();
            runtime.AddSensorModule();
            return runtime;
        }
        catch
        {
            runtime.Dispose();
            throw;
        }
    }

    /// <summary>Loads a binary, or an image for this machine.</summary>
    internal static NanoModule Load(NanoRuntime runtime, byte[] bytes)
    {
        if (!NanoRuntime.IsImage(bytes)) return runtime.LoadModule(bytes);
        try
        {
            return runtime.LoadImage(bytes);
        }
        catch (WasmException e) when (e.Error is WasmError.WrongTarget or WasmError.WrongFpu or WasmError.WrongPointerSize)
        {
            string here =
                $"this machine is {RuntimeInformation.ProcessArchitecture}, pointers of {IntPtr.Size} B: --board NAME runs it on a board";
            throw new WasmException(e.Error, NanoRuntime.NoDetails, detail: $"the image is for {ImageTargets.Words(bytes)}, {here}");
        }
    }

    /// <exception cref="ToolException">It is not there, no file, too large, or may not be read.</exception>
    internal static byte[] Read(FileInfo file)
    {
        if (Directory.Exists(file.FullName)) throw Refused($"{file.Name} is a folder, not a file");
        if (!file.Exists) throw Refused($"there is no file {file.FullName}");
        if (file.Length > Array.MaxLength)
            throw Refused(
                $"{file.Name} has {Bytes.Text((ulong)file.Length)} B; no file of more than {Bytes.Text((ulong)Array.MaxLength)} B is read");
        try
        {
            return File.ReadAllBytes(file.FullName);
        }
        catch (UnauthorizedAccessException)
        {
            throw Refused($"{file.Name} may not be read by you");
        }

        static ToolException Refused(string cause) => new(ToolError.FileRefused, cause);
    }

    /// <summary>Reads a file that must be no image.</summary>
    /// <exception cref="ToolException">It is one, or cannot be read.</exception>
    internal static byte[] ReadModule(FileInfo file)
    {
        byte[] bytes = Read(file);
        return NanoRuntime.IsImage(bytes) ? throw new ToolException(ToolError.ModuleWanted, $"{file.Name} is an image, not a module")
            : bytes;
    }

    /// <summary>An exported function of an instance.</summary>
    /// <exception cref="WasmException">There is no export with that name. The message names the nearest one.</exception>
    internal static NanoFunction Function(NanoInstance instance, string name) => instance.HasFunction(name)
        ? instance.GetFunction(name)
        : throw new WasmException(WasmError.UnknownExport, NanoRuntime.NoDetails, detail: UnknownFunction(name, instance.Module));

    /// <summary>A description of what is there instead of an exported function.</summary>
    internal static string UnknownFunction(string name, NanoModule? module)
    {
        IEnumerable<string> functions = module == null ? []
            : module.Exports.Where(export => export.Type is WasmFunctionType).Select(export => export.Name);
        return $"{ExternKind.Func} '{name}'{Nearest.Question(name, functions)}";
    }

    internal static string NameOf(FileInfo file) => Path.GetFileNameWithoutExtension(file.Name);
}
