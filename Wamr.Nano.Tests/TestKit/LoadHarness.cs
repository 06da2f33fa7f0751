// SPDX-License-Identifier: MIT
// Loads and unloads modules in a pool, with the bytes read-only and nothing readable behind them.
using System;

namespace Wamr.Nano.Tests.TestKit;

/// <summary>A pool, a runtime in it, and the loader. Disposing checks that nothing leaked.</summary>
internal sealed unsafe class LoadHarness : IDisposable
{
    public delegate void Inspection(Module* module);

    private GuardedBytes _bytes = new(64 * 1024);

    public LoadHarness(uint poolSize = 1024 * 1024, Features features = Features.All)
    {
        Pool = new Pool(poolSize);
        Pool.Runtime->Load.Features = features;
    }

    public Pool Pool { get; }

    /// <summary>Details of the last failure.</summary>
    public ErrorInfo Error => *Pool.Error;

    /// <summary>Loads, lets <paramref name="inspect"/> look at the module, and unloads.</summary>
    public WasmError Load(ReadOnlySpan<byte> binary, Inspection? inspect = null)
    {
        if (binary.Length > _bytes.Capacity)
        {
            _bytes.Dispose();
            _bytes = new GuardedBytes(binary.Length);
        }
        Module* module = null;
        WasmError error = ModuleLoader.Load(Pool.Runtime, _bytes.Place(binary), (uint)binary.Length, &module);
        if (error != WasmError.None) return error;
        inspect?.Invoke(module);
        return Modules.Unload(module);
    }

    public void Dispose()
    {
        _bytes.Dispose();
        Pool.Dispose();
    }
}
