// SPDX-License-Identifier: MIT
// Memories, tables and globals that a module imports from its host: the command line makes them as the module wants them.
using System;
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Tool.Usage;

namespace Wamr.Nano.Tool.Apps;

internal static class HostDefinitions
{
    /// <summary>
    /// Defines each memory and table the module imports, as small as it allows and empty. A global has no value that suits, so it is
    /// defined only where one is given.
    /// </summary>
    /// <param name="runtime">Where they are defined.</param>
    /// <param name="module">Who imports them.</param>
    /// <param name="globals">Values of globals, each <c>module.name=value</c>.</param>
    /// <exception cref="UsageException">A value does not have the global's type, or no import has that name.</exception>
    internal static void Give(NanoRuntime runtime, NanoModule module, IEnumerable<string> globals)
    {
        Dictionary<string, string> values = [];
        foreach (string text in globals) values[Name(text)] = text[(Name(text).Length + 1)..];
        foreach (NanoImport import in module.Imports)
        {
            if (import.Type is WasmMemoryType memory)
                runtime.DefineMemory(import.Module, import.Name, memory.MinPages, memory.MaxPages, memory.PageBytes);
            else if (import.Type is WasmTableType table)
                runtime.DefineTable(import.Module, import.Name, table.ElementType, table.MinSize, table.MaxSize);
            else if (import.Type is WasmGlobalType global && values.Remove($"{import.Module}.{import.Name}", out string? value))
                runtime.DefineGlobal(import.Module, import.Name, ValueText.Parse(value, global.ValueType), global.IsMutable);
        }
        if (values.Count != 0) throw new UsageException($"the module imports no global '{values.First().Key}'; 'wnano dump' lists imports");
    }

    private static string Name(string text) => text.IndexOf('=', StringComparison.Ordinal) is > 0 and int end
        ? text[..end]
        : throw new UsageException($"'{text}' does not set a global: write module.name=value");
}
