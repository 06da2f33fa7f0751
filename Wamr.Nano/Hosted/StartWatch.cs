// SPDX-License-Identifier: MIT
// Lets a cancellation token end a start function, whose environment is not accessible from outside.
using System;
using System.Runtime.InteropServices;
using System.Threading;
using Wamr.Nano.Core.Run;

namespace Wamr.Nano;

/// <summary>Watches every run of the runtime as long as it lives. A nested watch restores the outer one at its end.</summary>
internal sealed unsafe class StartWatch : IDisposable
{
    private readonly NanoRuntime _runtime;
    private readonly CancellationToken _token;
    private readonly GCHandle _self;
    private readonly delegate*<ExecEnv*, void> _before;
    private readonly void* _contextBefore;

    /// <param name="runtime">The runtime in which the start function runs.</param>
    /// <param name="token">The token. If it cannot be canceled, nothing is watched.</param>
    internal StartWatch(NanoRuntime runtime, CancellationToken token)
    {
        (_runtime, _token) = (runtime, token);
        if (!token.CanBeCanceled) return;
        _self = GCHandle.Alloc(this);
        _before = runtime.Pointer->Watch;
        _contextBefore = runtime.Pointer->WatchContext;
        runtime.Pointer->WatchContext = (void*)GCHandle.ToIntPtr(_self);
        runtime.Pointer->Watch = &Look;
    }

    public void Dispose()
    {
        if (!_self.IsAllocated) return;
        _runtime.Pointer->Watch = _before;
        _runtime.Pointer->WatchContext = _contextBefore;
        _self.Free();
    }

    private static void Look(ExecEnv* env)
    {
        StartWatch watch = (StartWatch)GCHandle.FromIntPtr((nint)env->Instance->Runtime->WatchContext).Target!;
        if (watch._token.IsCancellationRequested) env->Terminate = ExecEnv.End;
    }
}
