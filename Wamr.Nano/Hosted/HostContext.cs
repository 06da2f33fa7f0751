// SPDX-License-Identifier: MIT
// The managed side of a runtime: what the core's hooks find through Platform.Context.
using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using Wamr.Nano.Core;
using Wamr.Nano.Core.Host;
using Wamr.Nano.Core.Run;

namespace Wamr.Nano;

/// <summary>
/// Streams, sensors and host functions of one runtime. The core holds it with a weak handle, so that a runtime that is not disposed can be
/// collected, whatever its host functions refer to.
/// </summary>
internal sealed unsafe class HostContext(NanoRuntimeOptions options)
{
    private Stream? _output, _error, _input;
    private uint? _streamKinds;

    internal Stream Output => _output ??= options.Output ?? Console.OpenStandardOutput();

    internal Stream Error => _error ??= options.Error ?? Console.OpenStandardError();

    internal Stream Input => _input ??= options.Input ?? Console.OpenStandardInput();

    /// <summary>The kinds of the streams of WASI programs, as in <c>ProgramArguments.StreamKinds</c>.</summary>
    internal uint StreamKinds
    {
        get => _streamKinds ??= HostStreams.KindsOf(options.Input, options.Output, options.Error);
        set => _streamKinds = value;
    }

    /// <summary>Whether apps may be WASI programs.</summary>
    internal bool HasWasi { get; set; }

    /// <summary>The allocator; null if memory comes from a pool or from the system.</summary>
    internal INanoAllocator? Allocator { get; } = options.Allocator;

    /// <summary>Reads a sensor channel.</summary>
    internal Func<uint, int> ReadSensor { get; } = options.ReadSensor ?? (_ => 0);

    /// <summary>
    /// The host functions, each with the letters of its parameters if these include addresses. The user data of a row is the index.
    /// </summary>
    internal List<(SlotsFunction Function, string? Addresses)> Functions { get; } = [];

    /// <summary>The exception of a host function, until the call that led to it ends.</summary>
    internal Exception? Pending { get; set; }

    internal static HostContext Of(void* context) => (HostContext)GCHandle.FromIntPtr((nint)context).Target!;

    internal static HostContext Of(ExecEnv* env) => Of(env->Instance->Runtime->Platform.Context);

    /// <summary>Hook of every host function: <paramref name="number"/> is its index. No exception may cross the core.</summary>
    internal static WasmError Call(ExecEnv* env, void* slots, void* number)
    {
        HostContext host = Of(env);
        try
        {
            (SlotsFunction function, string? addresses) = host.Functions[(int)number];
            if (addresses != null && !AppAddresses.AreValid(env->Instance, addresses, (uint*)slots)) return WasmError.BadAppAddress;
            function(new NanoCaller(env), (uint*)slots);
            // The function has handled the trap of a callback.
            ExecEnvs.ClearException(env);
            return WasmError.None;
        }
        catch (Exception e)
        {
            host.Pending = e;
            return e is WasmException { Error: not WasmError.FuelExhausted } w && (w.IsTrap || w.Error == WasmError.ProcExit)
                ? w.Error
                : WasmError.HostException;
        }
    }

    /// <summary><c>console.print</c>: <paramref name="cells"/> are the text and its length.</summary>
    internal static WasmError Print(ExecEnv* env, void* cells, void* userData)
    {
        const uint output = 1;
        uint length = (uint)((ulong*)cells)[1];
        if (length != 0) HostOutput.Write(env, output, (uint)((byte*)((ulong*)cells)[0] - env->Instance->Memory->Data), length);
        // The stream or the hook has handled the trap of a callback.
        ExecEnvs.ClearException(env);
        return WasmError.None;
    }
}
