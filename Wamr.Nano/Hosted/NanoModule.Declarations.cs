// SPDX-License-Identifier: MIT
// What a module imports and exports.
using System;
using System.Collections.Generic;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano;

/// <summary>An import of a module.</summary>
/// <param name="Module">The module name, which is the first part of the import's name.</param>
/// <param name="Name">The second part of the import's name.</param>
/// <param name="Type">The type that the module requires.</param>
public sealed record NanoImport(string Module, string Name, WasmExternType Type)
{
    /// <summary>The import as messages show it, such as <c>env.print (I32) -> ()</c>.</summary>
    public override string ToString() => $"{Printable.Text(Module)}.{Printable.Text(Name)} {Type}";
}

/// <summary>An export of a module.</summary>
/// <param name="Name">The name of the export.</param>
/// <param name="Type">The type of the export.</param>
public sealed record NanoExport(string Name, WasmExternType Type)
{
    /// <summary>The export as messages show it, such as <c>run (I32) -> I32</c>.</summary>
    public override string ToString() => $"{Printable.Text(Name)} {Type}";
}

public sealed unsafe partial class NanoModule
{
    /// <summary>
    /// The imports, in the order of the module. Host functions, other definitions of the host, and other instances provide them by name.
    /// </summary>
    /// <example>
    /// <code>
    /// foreach (NanoImport import in module.Imports) Console.WriteLine(import); // env.twice (I32) -> I32
    /// </code>
    /// </example>
    public IReadOnlyList<NanoImport> Imports
    {
        get
        {
            List<NanoImport> imports = [];
            Module* m = Pointer;
            Import import;
            for (bool more = Core.Wasm.Imports.First(m, &import); more; more = Core.Wasm.Imports.Next(m, &import))
                imports.Add(Of(m, &import));
            GC.KeepAlive(this);
            return imports;
        }
    }

    /// <summary>An imported function.</summary>
    internal static NanoImport ImportOf(Module* m, uint function)
    {
        Import import;
        Core.Wasm.Imports.At(m, m->Bytes + m->Functions[function].Entry, &import);
        return Of(m, &import);
    }

    internal static NanoImport Of(Module* m, Import* import) =>
        new(NativeBytes.Text(import->Module, import->ModuleLength), NativeBytes.Text(import->Field, import->FieldLength),
            TypeOf(m, import));

    /// <summary>The exports, in the order of the module.</summary>
    /// <example>
    /// <code>
    /// bool canRun = module.Exports.Any(export => export.Name == "run" &amp;&amp; export.Type is WasmFunctionType);
    /// </code>
    /// </example>
    public IReadOnlyList<NanoExport> Exports
    {
        get
        {
            List<NanoExport> exports = [];
            Module* m = Pointer;
            Export export;
            for (bool more = Core.Wasm.Exports.First(m, &export); more; more = Core.Wasm.Exports.Next(m, &export))
                exports.Add(new(NativeBytes.Text(export.Name, export.NameLength), TypeOf(m, export.Kind, export.Index)));
            GC.KeepAlive(this);
            return exports;
        }
    }

    private static WasmExternType TypeOf(Module* m, Import* import) => import->Kind switch
    {
        ExternKind.Func => WasmFunctionType.Of(&m->Types[import->TypeIndex]),
        ExternKind.Table => WasmTableType.Of(import->Table),
        ExternKind.Memory => WasmMemoryType.Of(import->Memory),
        _ => new WasmGlobalType((WasmType)import->GlobalType, import->Mutable != 0),
    };

    internal static WasmExternType TypeOf(Module* m, ExternKind kind, uint index) => kind switch
    {
        ExternKind.Func => WasmFunctionType.Of(&m->Types[m->Functions[index].TypeIndex]),
        ExternKind.Table => WasmTableType.Of(m->Tables[index]),
        ExternKind.Memory => WasmMemoryType.Of(m->Info->Memory),
        _ => new WasmGlobalType((WasmType)m->Globals[index].Type, m->Globals[index].Mutable != 0),
    };
}
