// SPDX-License-Identifier: MIT
// One run on this machine in the order of a board's firmware: load, host modules if there are imports, instantiate, call.
using System;
using System.IO;
using System.Linq;
using System.Text;
using Wamr.Nano.Tool.Apps;
using Wamr.Nano.Tool.Errors;
using Wamr.Nano.Tool.Usage;

namespace Wamr.Nano.Tool.Fit;

internal sealed unsafe class HostRun : IDisposable
{
    private readonly RunRequest _request;
    private readonly MemoryStream _output = new();
    private readonly NanoRuntime _runtime;

    /// <param name="request">What to run.</param>
    /// <param name="poolBytes">The pool; 0 takes memory from the system.</param>
    /// <param name="stackBytes">The operand stack.</param>
    /// <param name="trace">Gets every allocation; needs a run without a pool.</param>
    /// <param name="allowUnlinked">
    /// Whether imports may stay without a function, and get stand-ins for all else: nothing is to be called.
    /// </param>
    /// <exception cref="WasmException">It does not load, link or instantiate.</exception>
    internal HostRun(RunRequest request, uint poolBytes, uint stackBytes, AllocationTrace? trace = null, bool allowUnlinked = false)
    {
        _request = request;
        _runtime = new(new NanoRuntimeOptions
        {
            PoolBytes = poolBytes,
            WholePages = request.Load.WholePages,
            CStackChecks = !request.Load.NoCStackCheck,
            Output = _output,
            Error = _output,
            Input = new MemoryStream(request.Input),
        });
        try
        {
            StillPlatform.Install(_runtime, request.Sensors());
            if (trace != null) _runtime.Pointer->Allocator.Hooks = trace.Hooks;
            Module = _runtime.LoadModule(request.Module);
            Enter(trace, Phase.Register);
            if (Module.Pointer->ImportCount != 0)
            {
                _runtime.AddWasiOfBoards();
                // As in a firmware, whose host module takes more memory than delegates.
                WasmError error = HostModules.Register(_runtime.Pointer);
                if (error != WasmError.None) throw new WasmException(error, _runtime.Pointer->Error);
            }
            if (allowUnlinked && StandIns.AreNeeded(Module))
            {
                Enter(trace, Phase.StandIn);
                StandIns.Define(_runtime, Module);
            }
            Enter(trace, Phase.Instantiate);
            Instance = Module.Instantiate(new()
            {
                StackBytes = stackBytes,
                HeapBytes = request.HeapBytes,
                AllowUnlinked = allowUnlinked || request.AllowUnlinked,
                StartFuel = request.Fuel,
                Arguments = request.Arguments,
                Environment = request.Environment,
            });
            Cut(request.CutBytes);
            Env = Instance.ExecEnv;
            Enter(trace, Phase.Run);
        }
        catch
        {
            _runtime.Dispose();
            throw;
        }
    }

    internal Core.Run.Runtime* Runtime => _runtime.Pointer;

    internal NanoModule Module { get; }

    internal NanoInstance Instance { get; }

    internal NanoExecEnv Env { get; }

    /// <summary>Pages its memory may grow to.</summary>
    internal uint MaxPages => Instance.Pointer->Memory == null ? 0 : Instance.Pointer->Memory->MaxPages;

    /// <summary>As the constructor, for a run that is measured: it says why an app that ends itself at once cannot be.</summary>
    /// <exception cref="ToolException">It ends itself in its start function.</exception>
    internal static HostRun Begin(RunRequest request, uint stackBytes, AllocationTrace? trace = null, bool allowUnlinked = false)
    {
        try
        {
            return new(request, 0, stackBytes, trace, allowUnlinked);
        }
        catch (WasmException e) when (e.Error == WasmError.ProcExit)
        {
            throw new ToolException(ToolError.EndsInStart,
                $"the app ends itself in its start function, with exit code {e.ExitCode}: its instance is gone before it can be measured");
        }
    }

    /// <summary>Makes a run and returns how it ended, without printing anything about an exception.</summary>
    internal static Outcome Try(RunRequest request, uint poolBytes, uint stackBytes)
    {
        try
        {
            using HostRun run = new(request, poolBytes, stackBytes);
            return run.Execute();
        }
        catch (WasmException e)
        {
            return Outcome.Failed(e.Error);
        }
    }

    /// <summary>Calls the function with all the fuel of the request.</summary>
    /// <exception cref="WasmException">It trapped.</exception>
    internal Outcome Execute()
    {
        Env.Fuel = _request.Fuel;
        return Execute(() => false);
    }

    /// <summary>Calls the function in steps of one loop iteration or one call.</summary>
    /// <param name="look">Called with the environment after each step; false ends the run.</param>
    /// <exception cref="WasmException">It trapped.</exception>
    internal Outcome Step(Func<bool> look)
    {
        Env.Fuel = 0;
        return Execute(() =>
        {
            Env.Fuel = 1;
            return look();
        });
    }

    public void Dispose() => _runtime.Dispose();

    /// <summary>Cuts the memory off, as the runtime would do where the module said where its heap begins. It cannot grow then.</summary>
    private void Cut(uint bytes)
    {
        MemoryInst* memory = Instance.Pointer->Memory;
        if (bytes == 0 || memory == null || bytes >= memory->Size) return;
        // A start function may have been there already.
        if (new ReadOnlySpan<byte>(memory->Data + bytes, (int)Math.Min(memory->Size - bytes, int.MaxValue)).ContainsAnyExcept((byte)0))
            throw new WasmException(WasmError.MemoryOutOfBounds, NanoRuntime.NoDetails);
        memory->Size = bytes;
    }

    /// <param name="goOn">Asked when the fuel is spent, to give more; false ends the run.</param>
    private Outcome Execute(Func<bool> goOn)
    {
        NanoFunction function = Host.Function(Instance, _request.Function);
        uint* slots = stackalloc uint[function.SlotCount];
        WasmError error = _request.Function != NanoInstance.InitializeName && Instance.HasFunction(NanoInstance.InitializeName)
            ? Call(Instance.GetFunction(NanoInstance.InitializeName, Env), slots, goOn) : WasmError.None;
        Store(function, slots);
        if (error == WasmError.None) error = Call(function, slots, goOn);
        if (error == WasmError.ProcExit) return Told(WasmError.None, (int)Env.Pointer->Instance->Runtime->ExitCode, "");
        if (error is not (WasmError.None or WasmError.FuelExhausted)) throw Env.Failure(error);
        WasmValue[] results = new WasmValue[error == WasmError.None ? function.Results.Count : 0];
        if (results.Length != 0) function.Load(slots, results);
        return Told(error, 0, string.Join(", ", results));
    }

    /// <summary>
    /// Does not use NanoFunction.Call, whose exception would look for offsets, which takes memory that a board does not use.
    /// </summary>
    private WasmError Call(NanoFunction function, uint* slots, Func<bool> goOn)
    {
        WasmError error = Calls.Function(Env.Ready(), function.Index, slots);
        while (error == WasmError.FuelExhausted && goOn()) error = Calls.Resume(Env.Ready(), slots);
        return error;
    }

    private void Store(NanoFunction function, uint* slots)
    {
        foreach (WasmValue value in ValueText.Arguments(_request.Function, function.Parameters, [.. _request.Invoke.Skip(1)]))
            slots += value.ToSlots(slots);
    }

    private Outcome Told(WasmError error, int exitCode, string results) =>
        new(error, exitCode, results, Encoding.UTF8.GetString(_output.ToArray()));

    private static void Enter(AllocationTrace? trace, Phase phase)
    {
        if (trace != null) trace.Phase = phase;
    }
}
