// SPDX-License-Identifier: MIT
// What a host function sees of the app that called it.
using System;
using Wamr.Nano.Core.Run;

namespace Wamr.Nano;

/// <summary>The app that called a host function. Valid until the host function returns.</summary>
public readonly unsafe ref struct NanoCaller
{
    private readonly ExecEnv* _env;

    internal NanoCaller(ExecEnv* env) => _env = env;

    /// <summary>The app's linear memory.</summary>
    public NanoMemory Memory => new(_env->Instance->Memory);

    /// <summary>Ends the app's run with WN5015, at its next loop iteration or call after the host function has returned.</summary>
    public void Terminate() => _env->Terminate = ExecEnv.End;
}

/// <summary>
/// A host function. If it throws an exception, the app's run ends, and the call into the app throws a <see cref="WasmException"/> (WN6005)
/// with that exception as its inner exception.
/// </summary>
/// <param name="caller">The app that called the function.</param>
/// <param name="arguments">The arguments, in order, with the types of the signature.</param>
/// <param name="results">The function must set each result to a value with the type of the signature.</param>
public delegate void HostFunction(NanoCaller caller, ReadOnlySpan<WasmValue> arguments, Span<WasmValue> results);

/// <summary>A host function on the core's slots: arguments are replaced by results, from slot 0.</summary>
internal unsafe delegate void SlotsFunction(NanoCaller caller, uint* slots);
