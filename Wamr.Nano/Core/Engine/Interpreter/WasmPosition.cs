// SPDX-License-Identifier: MIT
// Finds the module offset of a frame of register code. Lowers its function again, because a map would cost RAM all the time.
using Wamr.Nano.Core.Load.Precompile;
using Wamr.Nano.Core.Run;

namespace Wamr.Nano.Core.Engine.Interpreter;

internal static unsafe class WasmPosition
{
    /// <summary>The module offset of a frame's instruction; <see cref="ErrorInfo.Unknown"/> if the pool has no room to find it.</summary>
    internal static uint Of(CallFrame* frame)
    {
        Instance* instance = frame->Instance;
        return FunctionLowering.Locate(&instance->Runtime->Allocator, instance->Module, frame->Function, frame->Position);
    }
}
