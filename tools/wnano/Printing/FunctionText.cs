// SPDX-License-Identifier: MIT
// Functions of a module in tables and lists: the name as people read it, and the number, since several may have one name.
using System.Collections.Generic;

namespace Wamr.Nano.Tool.Printing;

internal static unsafe class FunctionText
{
    /// <summary>Name and number, or the number alone.</summary>
    internal static string Label(NanoModule module, uint function) =>
        $"{Name(module, function)}{(module.FunctionName(function) == null ? "" : $" [{function}]")}";

    /// <summary>The name, or the number if there is no name.</summary>
    internal static string Name(NanoModule module, uint function) =>
        module.FunctionName(function) is string name ? ReadableName.Text(name) : $"function {function}";

    /// <summary>The name as the compiler made it, or the number: for programs.</summary>
    internal static string Symbol(NanoModule module, uint function) => module.FunctionName(function) ?? $"function {function}";

    /// <summary>Names as the compiler made them, by label, of those that people read otherwise.</summary>
    internal static IReadOnlyDictionary<string, string> Symbols(NanoModule module)
    {
        Dictionary<string, string> symbols = [];
        for (uint i = 0; i < module.Pointer->FunctionCount; i++)
            if (module.FunctionName(i) is string name && ReadableName.Of(name) != name) symbols[Label(module, i)] = name;
        return symbols;
    }
}
