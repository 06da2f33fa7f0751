// SPDX-License-Identifier: MIT
// All missing imports of a module, in the words of a message.
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Core;
using Wamr.Nano.Core.Run;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano;

internal static unsafe class MissingImports
{
    /// <summary>How many imports a message names besides the first. If there are more, it gives their number.</summary>
    private const int MostNamed = 24;

    /// <summary>The imports of a module that are missing, in the order of the module.</summary>
    internal static List<NanoImport> Of(NanoModule module, InstantiateArgs* args)
    {
        Module* m = module.Pointer;
        uint[] counts = new uint[(int)ExternKind.Global + 1];
        List<NanoImport> missing = [];
        foreach (NanoImport import in module.Imports)
        {
            ExternKind kind = KindOf(import.Type);
            uint index = counts[(int)kind]++;
            if (kind == ExternKind.Func && args->AllowUnlinked) continue;
            ImportRequest request;
            Extern given;
            if (Linker.Find(LoadedModule.Of(m)->Runtime, m, args, kind, index, EntryOf(m, kind, index), &request, &given)
                == WasmError.UnknownImport)
                missing.Add(import);
        }
        return missing;
    }

    /// <summary>
    /// The addition to a message that names one of them: the others, and what users of the compilers that need them can do. Null if there
    /// is nothing to add.
    /// </summary>
    /// <param name="missing">All missing imports.</param>
    /// <param name="named">The import that the message names.</param>
    internal static string? Note(IReadOnlyCollection<NanoImport> missing, NanoImport named)
    {
        NanoImport[] others = [.. missing.Where(import => import != named)];
        List<string> parts = [];
        if (others.Length != 0)
        {
            string left = others.Length > MostNamed ? $" ({others.Length - MostNamed} are not shown)" : "";
            parts.Add(
                $"and {others.Length} more: "
                + $"{string.Join(", ", others.Take(MostNamed).Select(import => Printable.Text(Text(import))))}{left}");
        }
        parts.AddRange(ProducerHints.Of(others.Prepend(named)));
        return parts.Count == 0 ? null : string.Join("; ", parts);
    }

    /// <summary>An import such as <c>function 'env.print' (iI)f</c>, with the letters of definitions.</summary>
    internal static string Text(NanoImport import) => import.Type is WasmFunctionType function
        ? $"function '{import.Module}.{import.Name}' {HostSignature.Of(function)}"
        : $"{import.Type} '{import.Module}.{import.Name}'";

    private static ExternKind KindOf(WasmExternType type) => type switch
    {
        WasmFunctionType => ExternKind.Func,
        WasmTableType => ExternKind.Table,
        WasmMemoryType => ExternKind.Memory,
        _ => ExternKind.Global,
    };

    private static uint EntryOf(Module* m, ExternKind kind, uint index) => kind switch
    {
        ExternKind.Func => m->Functions[index].Entry,
        ExternKind.Table => m->Tables[index].Import,
        ExternKind.Memory => m->Info->Memory.Import,
        _ => m->Globals[index].Entry,
    };
}
