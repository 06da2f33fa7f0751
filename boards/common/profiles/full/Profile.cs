// SPDX-License-Identifier: MIT
// Profile "full": every host module, including WASI; binaries and images.

namespace Wamr.Nano.Boards;

internal static unsafe class Profile
{
    internal static WasmError Register(Runtime* rt) => HostModules.RegisterWithWasi(rt);

    internal static WasmError Load(Runtime* rt, byte* bytes, uint size, Module** module)
    {
        if (!Images.Is(bytes, size))
            return Trust.NeedsSignature ? Runtimes.Fail(rt, WasmError.ImageSignatureRefused) : LoadPlan.Load(rt, bytes, size, module);
        ImageArgs args = default;
        ImagePlan.Fill(&args, bytes, size);
        args.Seal = &ImageSeal.Check;
        Trust.Require(&args);
        return Images.Load(rt, bytes, size, &args, module);
    }

    /// <summary>It measures the part of loading an image that is its checksum.</summary>
    internal const bool HasChecksum = true;

    internal static uint Checksum(ImageHeader* image) =>
        Crc32.Of((byte*)image + ImageHeader.BytesBeforeSize, image->Size - ImageHeader.BytesBeforeSize);

    internal static void Start(Runtime* rt) => CallStacks.Register(rt);

    internal static bool First(ExecEnv* env, CallFrame* frame) => CallStacks.First(env, frame);

    internal static bool Next(ExecEnv* env, CallFrame* frame) => CallStacks.Next(env, frame);

    internal static uint WasmOffset(CallFrame* frame) => CallStacks.WasmOffset(frame);
}
