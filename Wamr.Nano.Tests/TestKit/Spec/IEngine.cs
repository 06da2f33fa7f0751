// SPDX-License-Identifier: MIT
// What the runner of the suite asks of an engine. Coarse, so that the interpreter, translated C and XIP images can stand behind it.
using System;

namespace Wamr.Nano.Tests.TestKit.Spec;

/// <summary>
/// Runs the modules of one script. Modules and instances live until
/// <see cref="IDisposable.Dispose"/>, which fails the test where memory leaked.
/// </summary>
internal interface IEngine : IDisposable
{
    /// <summary>Decodes and validates a binary. The handle is valid where the result is <see cref="WasmError.None"/>.</summary>
    WasmError Load(byte[] binary, out nint module);

    /// <summary>Links a module to <c>spectest</c> and the registered instances, and runs its start function.</summary>
    WasmError Instantiate(nint module, out nint instance);

    /// <summary>From now on imports of module name <paramref name="name"/> are searched in <paramref name="instance"/>.</summary>
    void Register(string name, nint instance);

    /// <summary>Calls an exported function. Results are empty after a trap.</summary>
    WasmError Invoke(nint instance, string function, ReadOnlySpan<SpecValue> arguments, out SpecValue[] results);

    /// <summary>Reads an exported global.</summary>
    WasmError ReadGlobal(nint instance, string name, out SpecValue value);
}
