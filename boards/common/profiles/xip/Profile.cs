// SPDX-License-Identifier: MIT
// Profile "xip": native images only. Loader, validator, precompiler and interpreter are not in the firmware.

namespace Wamr.Nano.Boards;

internal static unsafe class Profile
{
    internal static WasmError Register(Runtime* rt) => HostModules.Register(rt);

    internal static WasmError Load(Runtime* rt, byte* bytes, uint size, Module** module)
    {
        ImageArgs args = default;
        ImagePlan.Fill(&args, bytes, size);
        Trust.Require(&args);
        return NativeImages.Load(rt, bytes, size, &args, module);
    }

    /// <summary>This profile does not measure the checksum of an image; the full profile does.</summary>
    internal const bool HasChecksum = false;

    internal static uint Checksum(ImageHeader* image) => 0;

    internal static void Start(Runtime* rt) => NativeFrames.Register(rt);

    internal static bool First(ExecEnv* env, CallFrame* frame) => Traces.First(env, frame);

    internal static bool Next(ExecEnv* env, CallFrame* frame) => Traces.Next(env, frame);

    internal static uint WasmOffset(CallFrame* frame) => frame->Position;
}
