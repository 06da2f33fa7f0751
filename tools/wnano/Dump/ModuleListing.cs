// SPDX-License-Identifier: MIT
// What a loaded module declares: imports, exports, memory, tables, globals, functions.
using System.Collections.Generic;
using Wamr.Nano.Tool.Printing;

namespace Wamr.Nano.Tool.Dump;

internal static unsafe class ModuleListing
{
    internal static IEnumerable<string> Imports(NanoModule module)
    {
        List<string> lines = [];
        Module* m = module.Pointer;
        Import import;
        for (bool more = Core.Wasm.Imports.First(m, &import); more; more = Core.Wasm.Imports.Next(m, &import))
            lines.Add($"{Text(import.Module, import.ModuleLength)}.{Text(import.Field, import.FieldLength)}: {TypeOf(m, &import)}");
        return lines;
    }

    internal static IEnumerable<string> Exports(NanoModule module)
    {
        List<string> lines = [];
        Module* m = module.Pointer;
        Export export;
        for (bool more = Core.Wasm.Exports.First(m, &export); more; more = Core.Wasm.Exports.Next(m, &export))
            lines.Add($"{Text(export.Name, export.NameLength)}: {TypeOf(m, export.Kind, export.Index)}");
        return lines;
    }

    /// <summary>The memory, and what truncation makes of it; tables; globals.</summary>
    internal static IEnumerable<string> State(NanoModule module)
    {
        List<string> lines = [];
        Module* m = module.Pointer;
        if (m->Info->Memory.Present != 0) lines.Add(TypeOf(m, ExternKind.Memory, 0));
        if (m->Info->Memory.TruncatedBytes != 0) lines.Add($"memory truncated to {Bytes.Text(m->Info->Memory.TruncatedBytes)} B");
        for (uint i = 0; i < m->TableCount; i++) lines.Add(TypeOf(m, ExternKind.Table, i));
        for (uint i = 0; i < m->GlobalCount; i++) lines.Add(TypeOf(m, ExternKind.Global, i));
        return lines;
    }

    /// <summary>Index, name and type of each defined function.</summary>
    internal static IEnumerable<(uint Index, string Title)> Functions(NanoModule module)
    {
        List<(uint, string)> functions = [];
        Module* m = module.Pointer;
        for (uint i = m->ImportedFunctions; i < m->FunctionCount; i++)
            functions.Add((i, $"func[{i}] {(module.FunctionName(i) is string name ? ReadableName.Text(name) + " " : "")}{Types.Of(m, i)}"));
        return functions;
    }

    private static string TypeOf(Module* m, ExternKind kind, uint index) => kind switch
    {
        ExternKind.Func => $"func[{index}] {Types.Of(m, index)}",
        ExternKind.Table => $"table[{index}] {Types.Of(&m->Tables[index])}",
        ExternKind.Memory => $"memory[{index}] {Types.Of(&m->Info->Memory)}",
        _ => $"global[{index}] {Types.Of(m->Globals[index].Type, m->Globals[index].Mutable)}",
    };

    private static string TypeOf(Module* m, Import* import) => import->Kind switch
    {
        ExternKind.Func => $"func {Types.Of(&m->Types[import->TypeIndex])}",
        ExternKind.Table => $"table {Types.Of(&import->Table)}",
        ExternKind.Memory => $"memory {Types.Of(&import->Memory)}",
        _ => $"global {Types.Of(import->GlobalType, import->Mutable)}",
    };

    private static string Text(byte* utf8, uint length) => Printable.Text(utf8, length);
}
