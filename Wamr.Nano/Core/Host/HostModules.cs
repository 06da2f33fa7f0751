// SPDX-License-Identifier: MIT
// The only list of host modules that this runtime offers to apps. The profiles of firmware, the command line and its measurements use it.
using Wamr.Nano.Core.Host.Wasi;
using Wamr.Nano.Core.Run;

namespace Wamr.Nano.Core.Host;

internal static unsafe class HostModules
{
    /// <summary>Offers the modules that every profile has. Apps that are instantiated from now on can import them.</summary>
    /// <returns><see cref="WasmError.OutOfMemory"/>. Earlier registrations stay.</returns>
    internal static WasmError Register(Runtime* rt) => SensorModule.Register(rt);

    /// <summary>Like <see cref="Register"/>, plus WASI preview 1.</summary>
    internal static WasmError RegisterWithWasi(Runtime* rt)
    {
        WasmError error = WasiModule.Register(rt);
        return error == WasmError.None ? Register(rt) : error;
    }
}
