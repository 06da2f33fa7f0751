// SPDX-License-Identifier: MIT
// Wasmtime as it is set up here: the features this runtime has and no other, traps without signals, which are the test host's own.
using System;
using System.Reflection;
using System.Runtime.InteropServices;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Differential;

using Wasmtime; // inside: its names come before the core's

internal static partial class WasmtimeOracle
{
    private static readonly Lazy<string?> Absence = new(Try);

    /// <summary>Why Wasmtime cannot be used here, or null.</summary>
    public static string? SkipReason => TestKit.Shared.OnCi ? null : Absence.Value;

    /// <summary>An engine; the caller disposes of it.</summary>
    public static Engine NewEngine()
    {
        Config config = new Config().WithSignalsBasedTraps(false).WithParallelCompilation(false)
            .WithOptimizationLevel(OptimizationLevel.None)
            .WithMultiValue(true).WithBulkMemory(true).WithReferenceTypes(true).WithTailCalls(true)
            .WithSIMD(false).WithRelaxedSIMD(false, false).WithWasmThreads(false).WithMultiMemory(false).WithMemory64(false)
            .WithFunctionReferences(false).WithGc(false).WithExceptions(false).WithWideArithmetic(true);
        // The .NET package has no method for this one.
        SafeHandle handle = (SafeHandle)typeof(Config)
            .GetProperty("NativeHandle", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(config)!;
        SetCustomPageSizes(handle.DangerousGetHandle(), true);
        Engine engine = new(config);
        config.Dispose();
        return engine;
    }

    private static string? Try()
    {
        try
        {
            NewEngine().Dispose();
            return null;
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or BadImageFormatException)
        {
            return $"Wasmtime's library cannot be loaded on {RuntimeInformation.RuntimeIdentifier}: {e.Message}";
        }
    }

    [LibraryImport("wasmtime", EntryPoint = "wasmtime_config_wasm_custom_page_sizes_set")]
    private static partial void SetCustomPageSizes(nint config, [MarshalAs(UnmanagedType.I1)] bool enable);
}

/// <summary>A test that holds something against Wasmtime.</summary>
internal sealed class WasmtimeFactAttribute : FactAttribute
{
    public WasmtimeFactAttribute() => Skip = WasmtimeOracle.SkipReason;
}

/// <summary>A table of them.</summary>
internal sealed class WasmtimeTheoryAttribute : TheoryAttribute
{
    public WasmtimeTheoryAttribute() => Skip = WasmtimeOracle.SkipReason;
}
