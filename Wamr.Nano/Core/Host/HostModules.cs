// SPDX-License-Identifier: MIT
// The one list of host modules that this runtime offers to apps: the profiles of firmware, the command line and its measurements read it.
using Wamr.Nano.Core.Host.Wasi;
using Wamr.Nano.Core.Run;

namespace Wamr.Nano.Core.Host;

internal static unsafe class HostModules
{
    /// <summary>Offers the modules that every profile has to apps instantiated from now on.</summary>
    /// <returns><see cref="WasmError.OutOfMemory"/>; what was registered before stays.</returns>
    internal static WasmError Register(Runtime* rt) => SensorModule.Register(rt);

    /// <summary>As <see cref="Register"/>, and WASI preview 1.</summary>
    internal static WasmError RegisterWithWasi(Runtime* rt)
    {
        WasmError error = WasiModule.Register(rt);
        return error == WasmError.None ? Register(rt) : error;
    }
}
