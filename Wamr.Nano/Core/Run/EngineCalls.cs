// SPDX-License-Identifier: MIT
// What an engine is to the runtime: two functions.
namespace Wamr.Nano.Core.Run;

/// <summary>
/// An engine: runs functions of modules whose code it understands. See <see cref="Calls.Function"/> and <see cref="Calls.Resume"/>.
/// </summary>
internal unsafe struct EngineCalls
{
    /// <summary>Calls a function (index) of the environment's instance, with arguments in slots that receive the results.</summary>
    internal delegate*<ExecEnv*, uint, uint*, WasmError> Call;

    /// <summary>
    /// Goes on with a call that waits for fuel; results go to the slots. <see cref="WasmError.NotSuspended"/> where none waits.
    /// </summary>
    internal delegate*<ExecEnv*, uint*, WasmError> Resume;
}
