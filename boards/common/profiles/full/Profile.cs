// SPDX-License-Identifier: MIT
// Profile "full": every host module there is, WASI among them.
using Wamr.Nano.Core;

namespace Wamr.Nano.Boards;

internal static unsafe class Profile
{
    internal static WasmError Register(Runtime* rt)
    {
        WasmError error = Wasi.Register(rt);
        return error == WasmError.None ? SensorModule.Register(rt) : error;
    }
}
