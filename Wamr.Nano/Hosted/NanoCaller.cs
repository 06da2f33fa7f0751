// SPDX-License-Identifier: MIT
// What a host function sees of the app that called it.
using System;
using Wamr.Nano.Core.Run;

namespace Wamr.Nano;

/// <summary>The calling app, valid until the host function returns.</summary>
public readonly unsafe ref struct NanoCaller
{
    private readonly ExecEnv* _env;

    internal NanoCaller(ExecEnv* env) => _env = env;

    /// <summary>The app's linear memory.</summary>
    public NanoMemory Memory => new(_env->Instance->Memory);

    /// <summary>Makes the app trap at its next loop or call, after the host function returned.</summary>
    public void Terminate() => _env->Terminate = ExecEnv.End;
}

/// <summary>A host function. What it throws ends the app's run, and becomes the inner exception of what the outer call throws.</summary>
/// <param name="caller">The app that calls.</param>
/// <param name="arguments">Arguments, in order.</param>
/// <param name="results">To be filled in with values of the promised types.</param>
public delegate void HostFunction(NanoCaller caller, ReadOnlySpan<WasmValue> arguments, Span<WasmValue> results);

/// <summary>A host function on the core's slots: arguments are replaced by results, from slot 0.</summary>
internal unsafe delegate void SlotsFunction(NanoCaller caller, uint* slots);
