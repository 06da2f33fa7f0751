// SPDX-License-Identifier: MIT
// Meter "none": measures nothing.

namespace Wamr.Nano.Boards;

internal static unsafe class Meter
{
    internal static void Load(Runtime* rt)
    {
    }

    internal static WasmError Begin(ExecEnv* env) => WasmError.None;

    internal static void End(ExecEnv* env)
    {
    }
}
