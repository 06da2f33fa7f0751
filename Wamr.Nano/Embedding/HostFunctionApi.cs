// SPDX-License-Identifier: MIT
// C API: functions of the host that apps import.
using System.Runtime.InteropServices;

namespace Wamr.Nano.Embedding;

internal static unsafe class HostFunctionApi
{
    /// <summary>
    /// Offers host functions to modules instantiated from now on. The rows and names are yours, may lie in flash, and must outlive the
    /// registration and the instances that use them. Of two functions with the same names, the one registered later is used.
    /// </summary>
    /// <returns>OUT_OF_MEMORY. A wrong signature fails when a module that imports the function is instantiated.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_register_functions")]
    private static WasmError Register(
        Runtime* runtime,
        [CType("const char *")] byte* moduleName,
        [CType("const wamr_nano_host_function *")] HostFunc* rows,
        uint count) =>
        HostFuncs.Register(runtime, moduleName, rows, count);

    /// <summary>Removes the newest registration of these rows. Instances that use them keep them.</summary>
    /// <returns>UNKNOWN_IMPORT if these rows are not registered.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_unregister_functions")]
    private static WasmError Unregister(Runtime* runtime, [CType("const wamr_nano_host_function *")] HostFunc* rows) =>
        HostFuncs.Unregister(runtime, rows);

    /// <summary>Offers the host modules of the library's profile: sensor and console, and with profile full, WASI preview 1.</summary>
    /// <returns>OUT_OF_MEMORY.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_register_host_modules")]
    private static WasmError RegisterHostModules(Runtime* runtime) => Boards.Profile.Register(runtime);
}
