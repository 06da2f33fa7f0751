// SPDX-License-Identifier: MIT
// Finds the missing function that a run called.
using Wamr.Nano.Core;
using Wamr.Nano.Core.Run;

namespace Wamr.Nano;

internal static unsafe class UnlinkedImport
{
    /// <summary>The import as its module names it; null if the trap is another one.</summary>
    internal static string? Of(Core.Run.Runtime* rt, WasmError error)
    {
        ErrorInfo* info = &rt->Error;
        if (error != WasmError.UnlinkedFunction || info->Code != error || info->Asked >= rt->InstanceCapacity) return null;
        Instance* instance = rt->Instances[info->Asked];
        if (instance == null || info->Index >= instance->Module->ImportedFunctions) return null;
        return MissingImports.Text(NanoModule.ImportOf(instance->Module, info->Index));
    }
}
