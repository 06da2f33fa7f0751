// SPDX-License-Identifier: MIT
// Memories, tables and globals for a module that is only examined, as small as it allows.
using System.Linq;
using Wamr.Nano.Tool.Apps;

namespace Wamr.Nano.Tool.Fit;

internal static class StandIns
{
    /// <summary>Defines everything the module imports but functions.</summary>
    /// <exception cref="WasmException">A size is beyond what there can be.</exception>
    internal static void Define(NanoRuntime runtime, NanoModule module)
    {
        HostDefinitions.Give(runtime, module, []);
        foreach (NanoImport import in module.Imports)
            if (import.Type is WasmGlobalType global)
                runtime.DefineGlobal(import.Module, import.Name, new WasmValue(global.ValueType, 0), global.IsMutable);
    }

    /// <summary>Whether it imports any of them.</summary>
    internal static bool AreNeeded(NanoModule module) => module.Imports.Any(import => import.Type is not WasmFunctionType);
}
