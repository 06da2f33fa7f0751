// SPDX-License-Identifier: MIT
// Where in the module a frame of register code is: found by lowering its function once more, instead of by a map that would cost RAM
// always.
using Wamr.Nano.Core.Load.Precompile;
using Wamr.Nano.Core.Run;

namespace Wamr.Nano.Core.Engine.Interpreter;

internal static unsafe class WasmPosition
{
    /// <summary>
    /// Module offset of the instruction a frame is at; <see cref="ErrorInfo.Unknown"/> without room in the pool to find it.
    /// </summary>
    internal static uint Of(CallFrame* frame)
    {
        Instance* instance = frame->Instance;
        return FunctionLowering.Locate(&instance->Runtime->Allocator, instance->Module, frame->Function, frame->Position);
    }
}
