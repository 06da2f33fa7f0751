// SPDX-License-Identifier: MIT
// C API: functions of the host that apps import.
using System.Runtime.InteropServices;

namespace Wamr.Nano.Embedding;

internal static unsafe class HostFunctionApi
{
    /// <summary>
    /// Offers host functions to modules that are instantiated from now on. The rows and names belong to you, may lie in flash, and must
    /// outlive the instances that use them. A later registration of a name hides an earlier one.
    /// </summary>
    /// <returns>OUT_OF_MEMORY.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_register_functions")]
    private static WasmError Register(
        Runtime* runtime,
        [CType("const char *")] byte* moduleName,
        [CType("const wamr_nano_host_function *")] HostFunc* rows,
        uint count) =>
        HostFuncs.Register(runtime, moduleName, rows, count);

    /// <summary>Removes the newest registration of these rows. Instances that use them keep them.</summary>
    /// <returns>UNKNOWN_IMPORT if they are not registered.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_unregister_functions")]
    private static WasmError Unregister(Runtime* runtime, [CType("const wamr_nano_host_function *")] HostFunc* rows) =>
        HostFuncs.Unregister(runtime, rows);

    /// <summary>Offers the host modules of the library's profile: sensor and console, and with profile full, WASI preview 1.</summary>
    /// <returns>OUT_OF_MEMORY.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_register_host_modules")]
    private static WasmError RegisterHostModules(Runtime* runtime) => Boards.Profile.Register(runtime);
}
