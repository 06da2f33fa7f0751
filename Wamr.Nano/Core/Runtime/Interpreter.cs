// SPDX-License-Identifier: MIT
// Holds the place of the interpreter until Core/Interpreter lands; delete this file then.
namespace Wamr.Nano.Core;

internal static unsafe class Interpreter
{
    internal static WasmError Call(ExecEnv* env, uint functionIndex, uint* slots) => WasmError.UnlinkedFunction;
}
