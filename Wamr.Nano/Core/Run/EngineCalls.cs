// SPDX-License-Identifier: MIT
// The two functions that make an engine for the runtime.
namespace Wamr.Nano.Core.Run;

/// <summary>
/// An engine, which runs functions of modules whose code it understands. See <see cref="Calls.Function"/> and <see cref="Calls.Resume"/>.
/// </summary>
internal unsafe struct EngineCalls
{
    /// <summary>Calls a function (index) of the environment's instance, with arguments in slots that receive the results.</summary>
    internal delegate*<ExecEnv*, uint, uint*, WasmError> Call;

    /// <summary>
    /// Continues a suspended call; results go to the slots. <see cref="WasmError.NotSuspended"/> if no call is suspended.
    /// </summary>
    internal delegate*<ExecEnv*, uint*, WasmError> Resume;
}
