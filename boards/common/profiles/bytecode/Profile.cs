// SPDX-License-Identifier: MIT
// Profile "bytecode": images of register code and the interpreter. Loader, validator and precompiler are not in the firmware.
using Wamr.Nano.Core;

namespace Wamr.Nano.Boards;

internal static unsafe class Profile
{
    internal static WasmError Register(Runtime* rt) => SensorModule.Register(rt);

    internal static WasmError Load(Runtime* rt, byte* bytes, uint size, Module** module)
    {
        ImageArgs args = default;
        return BytecodeImages.Load(rt, bytes, size, &args, module);
    }

    internal static uint Checksum(ImageHeader* image) =>
        Crc32.Of((byte*)image + ImageHeader.BytesBeforeSize, image->Size - ImageHeader.BytesBeforeSize);

    internal static void Frames(ExecEnv* env) => Report.Functions(env);
}
