// SPDX-License-Identifier: MIT
// Profile "interp": loader, validator, precompiler and interpreter, and the two small modules of the samples; no WASI.

namespace Wamr.Nano.Boards;

internal static unsafe class Profile
{
    internal static WasmError Register(Runtime* rt) => HostModules.Register(rt);

    internal static WasmError Load(Runtime* rt, byte* bytes, uint size, Module** module) =>
        LoadPlan.Load(rt, bytes, size, module);

    /// <summary>This profile does not measure the checksum of an image; the full profile does.</summary>
    internal const bool HasChecksum = false;

    internal static uint Checksum(ImageHeader* image) => 0;

    internal static void Start(Runtime* rt)
    {
    }

    internal static bool First(ExecEnv* env, CallFrame* frame) => CallStack.First(env, frame);

    internal static bool Next(ExecEnv* env, CallFrame* frame) => CallStack.Next(env, frame);

    internal static uint WasmOffset(CallFrame* frame) => WasmPosition.Of(frame);
}
