// SPDX-License-Identifier: MIT
// Loads and unloads modules in a pool, with the bytes in native memory that nothing may be read beyond.
using System;
using Wamr.Nano.Core;
using Wamr.Nano.Tests.TestKit;

namespace Wamr.Nano.Tests.Loader;

/// <summary>A pool, a runtime in it, and the loader. Disposing checks that nothing leaked.</summary>
internal sealed unsafe class LoadHarness : IDisposable
{
    public delegate void Inspection(Module* module);

    private readonly Pool _pool;

    public LoadHarness(uint poolSize = 1024 * 1024, Features features = Features.All)
    {
        _pool = new Pool(poolSize);
        _pool.Runtime->Features = features;
    }

    public Pool Pool => _pool;

    /// <summary>Details of the last failure.</summary>
    public ErrorInfo Error => *_pool.Error;

    /// <summary>Loads, lets <paramref name="inspect"/> look at the module, and unloads.</summary>
    public WasmError Load(ReadOnlySpan<byte> binary, Inspection? inspect = null)
    {
        fixed (byte* bytes = binary)
        {
            Module* module = null;
            WasmError error = ModuleLoader.Load(_pool.Runtime, bytes, (uint)binary.Length, &module);
            if (error != WasmError.None) return error;
            inspect?.Invoke(module);
            return ModuleLoader.Unload(module);
        }
    }

    public void Dispose() => _pool.Dispose();
}
