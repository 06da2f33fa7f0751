// SPDX-License-Identifier: MIT
// Profile "bytecode": images of register code and the interpreter. Loader, validator and precompiler are not in the firmware.

namespace Wamr.Nano.Boards;

internal static unsafe class Profile
{
    internal static WasmError Register(Runtime* rt) => HostModules.Register(rt);

    internal static WasmError Load(Runtime* rt, byte* bytes, uint size, Module** module)
    {
        ImageArgs args = default;
        Trust.Require(&args);
        return BytecodeImages.Load(rt, bytes, size, &args, module);
    }

    /// <summary>This profile does not measure the checksum of an image; the full profile does.</summary>
    internal const bool HasChecksum = false;

    internal static uint Checksum(ImageHeader* image) => 0;

    internal static void Start(Runtime* rt)
    {
    }

    internal static bool First(ExecEnv* env, CallFrame* frame) => CallStack.First(env, frame);

    internal static bool Next(ExecEnv* env, CallFrame* frame) => CallStack.Next(env, frame);

    /// <summary>This firmware has no information about the source of the image.</summary>
    internal static uint WasmOffset(CallFrame* frame) => ErrorInfo.Unknown;
}
