// SPDX-License-Identifier: MIT
// An execution environment: operand stack, fuel, termination, resuming.
using System;
using Wamr.Nano.Core;
using Wamr.Nano.Core.Run;

namespace Wamr.Nano;

/// <summary>
/// An execution environment: an operand stack, fuel and trap state, in which functions of one instance run. It runs one call at a time, but
/// host functions may call back. Valid until it or its instance is disposed.
/// </summary>
public sealed unsafe class NanoExecEnv : IDisposable
{
    private ExecEnv* _env;
    private NanoFunction? _suspended;

    internal NanoExecEnv(NanoInstance instance, byte* buffer, uint bytes)
    {
        Instance = instance;
        Timeout = instance.Timeout;
        ExecEnv* env;
        instance.Module.Runtime.Check(buffer == null
            ? ExecEnvs.Create(instance.Pointer, bytes, &env)
            : ExecEnvs.CreateIn(instance.Pointer, buffer, bytes, &env));
        _env = env;
        if (instance.Pointer->Runtime->Load.Profiled == 0) return;
        try
        {
            // An image does not count instructions, and an image that was compiled without profiling reports nothing.
            bool instructions = instance.Pointer->Loaded->Image == null;
            uint size = Profiles.Size(instance.Pointer->Module, NanoProfile.Frames, instructions);
            Profiles.Init(env, instance.Module.Runtime.AllocateOutside(size), NanoProfile.Frames, instructions);
        }
        catch
        {
            ExecEnvs.Free(env);
            throw;
        }
    }

    /// <summary>The instance whose functions run in this environment.</summary>
    public NanoInstance Instance { get; }

    /// <summary>
    /// The fuel that is left; null if it is unlimited. A loop iteration or a call costs one unit, or more if its code is long. If fuel runs
    /// out, <see cref="NanoFunction.Start"/> and <see cref="Resume"/> return false, and the run can be resumed. Other calls end the run and
    /// throw WN5014. Native code cannot be resumed: there, all calls throw WN5014.
    /// </summary>
    /// <example>
    /// <code>
    /// app.ExecEnv.Fuel = 1000;
    /// NanoFunction function = app.GetFunction("run");
    /// WasmValue[] results = new WasmValue[1];
    /// bool finished = function.Start([21], results);
    /// while (!finished)
    /// {
    ///     app.ExecEnv.Fuel = 1000;           // let others run, then go on
    ///     finished = app.ExecEnv.Resume(results);
    /// }
    /// </code>
    /// </example>
    public ulong? Fuel
    {
        get => Pointer->FuelLimited != 0 ? Pointer->Fuel : null;
        set
        {
            Pointer->FuelLimited = value == null ? (byte)0 : (byte)1;
            Pointer->Fuel = value ?? 0;
        }
    }

    /// <summary>
    /// The time that each call may take; null for no limit. A call that takes longer throws WN5017. The runtime checks the time every 1,024
    /// units of fuel, and while WASI functions sleep or write. It does not interrupt your own host functions. When a run is resumed, its
    /// time starts again.
    /// </summary>
    /// <example>
    /// <code>
    /// app.ExecEnv.Timeout = TimeSpan.FromMilliseconds(50);
    /// app.GetAction("run")();                // throws WN5017 after 50 ms
    /// </code>
    /// </example>
    /// <exception cref="ArgumentOutOfRangeException">The value is not greater than zero.</exception>
    public TimeSpan? Timeout
    {
        get;
        set =>
            field = value is { Ticks: <= 0 } ? throw new ArgumentOutOfRangeException(nameof(value), value, "a timeout is above zero")
            : value;
    }

    /// <summary>
    /// Whether a run has used up its fuel and waits to be resumed. Another call in this environment, or <see cref="Abandon"/>, ends that
    /// run.
    /// </summary>
    public bool IsSuspended => Pointer->Suspended != 0;

    /// <summary>
    /// The calls, times and instructions of all runs in this environment so far; null unless <see cref="NanoRuntimeOptions.Profiled"/> is
    /// set.
    /// </summary>
    public NanoProfile? Profile => Pointer->Profile == null
        ? null
        : NanoProfile.Of(Pointer->Profile, Instance.Module.FunctionName);

    /// <exception cref="ObjectDisposedException">The environment or its instance was disposed.</exception>
    internal ExecEnv* Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(_env == null, this);
            return _env;
        }
    }

    /// <summary>
    /// Ends the current run with WN5015, at its next loop iteration or call. If nothing is running, it ends the next run. Later runs are
    /// not affected. Any thread may call this method while the environment is valid.
    /// </summary>
    /// <example>
    /// <code>
    /// NanoExecEnv env = app.ExecEnv;
    /// using System.Threading.Timer timer = new(_ =&gt; env.Terminate(), null, 1000, System.Threading.Timeout.Infinite);
    /// app.GetAction("run")();                // throws WN5015 after a second
    /// </code>
    /// </example>
    public void Terminate() => Pointer->Terminate = Core.Run.ExecEnv.End;

    /// <summary>Continues a run that used up its fuel. Set <see cref="Fuel"/> first.</summary>
    /// <param name="results">Receives the results of the suspended function if it finishes. May be longer than needed.</param>
    /// <returns>True if the function finished; false if it used up its fuel again.</returns>
    /// <exception cref="WasmException">
    /// The run trapped (WN5001 and up), there is nothing to resume (WN6008), or <paramref name="results"/> is too short (WN6002).
    /// </exception>
    public bool Resume(Span<WasmValue> results)
    {
        if (!IsSuspended || _suspended == null) throw new WasmException(WasmError.NotSuspended, NanoRuntime.NoDetails);
        NanoFunction function = _suspended;
        function.CheckRoom(results);
        uint* slots = stackalloc uint[function.SlotCount];
        ExecEnv* env = Ready();
        Profiles.GoOn(env);
        WasmError error = Calls.Resume(env, slots);
        Profiles.End(env, 0);
        return Finish(function, After(error, function), slots, results);
    }

    /// <summary>Frees the environment and its operand stack. Ends a suspended run.</summary>
    /// <exception cref="WasmException">A function is running in this environment (WN4005).</exception>
    public void Dispose()
    {
        if (_env == null) return;
        Profile* profile = _env->Profile;
        Instance.Module.Runtime.Check(ExecEnvs.Free(_env));
        Instance.Module.Runtime.FreeOutside((byte*)profile);
        _env = null;
        Instance.Forget(this);
    }

    /// <summary>The environment, which is about to run something on this thread.</summary>
    internal ExecEnv* Ready()
    {
        ExecEnv* env = Pointer;
        env->NativeStackBoundary = HostPlatform.StackBoundary(null);
        // A call within a call has what is left of that one's time.
        if (env->Depth == 0) ExecEnvs.SetTimeLimit(env, Nanoseconds(Timeout));
        return env;
    }

    internal static ulong Nanoseconds(TimeSpan? time) => time is TimeSpan t ? (ulong)t.Ticks * TimeSpan.NanosecondsPerTick : 0;

    /// <summary>Runs a function. The slots contain the arguments, and receive the results.</summary>
    internal WasmError TryCall(NanoFunction function, uint* slots)
    {
        ExecEnv* env = Ready();
        Instance* running = Enter(env);
        uint open = Profiles.Begin(env);
        WasmError error = Calls.Function(env, function.Index, slots);
        Profiles.End(env, open);
        Leave(env, running);
        return After(error, function);
    }

    /// <summary>
    /// Makes the environment's own instance the one that runs. If a host function calls back, another instance may have called it.
    /// </summary>
    /// <returns>The instance that ran before, for <see cref="Leave"/>.</returns>
    internal Instance* Enter(ExecEnv* env)
    {
        Instance* running = env->Instance;
        env->Instance = Instance.Pointer;
        return running;
    }

    internal static void Leave(ExecEnv* env, Instance* running)
    {
        if (env->Instance != running) ExecEnvs.Hide(env, running, env->StackTop);
        env->Instance = running;
    }

    /// <summary>Returns the results of a run that finished; false if it used up its fuel.</summary>
    /// <exception cref="WasmException">The run trapped.</exception>
    internal bool Finish(NanoFunction function, WasmError error, uint* slots, Span<WasmValue> results)
    {
        if (error == WasmError.FuelExhausted && IsSuspended) return false;
        if (error != WasmError.None) throw Failure(error);
        function.Load(slots, results);
        return true;
    }

    /// <summary>
    /// Ends a run that used up its fuel and waits to be resumed. While such a run waits, disposing objects of its runtime frees no memory,
    /// because the run's frames may still refer to them.
    /// </summary>
    public void Abandon()
    {
        Pointer->Suspended = 0;
        Instance.Module.Runtime.UnloadRetired();
    }

    /// <summary>See <see cref="NanoInstance.AppAlloc"/>.</summary>
    internal uint AppAlloc(uint size)
    {
        uint address;
        ExecEnv* env = Ready();
        Instance* running = Enter(env);
        uint open = Profiles.Begin(env);
        WasmError error = AppMemory.Alloc(env, size, &address);
        Profiles.End(env, open);
        CheckApp(env, running, error);
        return address;
    }

    /// <summary>See <see cref="NanoInstance.AppFree"/>.</summary>
    internal void AppFree(uint address)
    {
        ExecEnv* env = Ready();
        Instance* running = Enter(env);
        uint open = Profiles.Begin(env);
        WasmError error = AppMemory.Free(env, address);
        Profiles.End(env, open);
        CheckApp(env, running, error);
    }

    private void CheckApp(ExecEnv* env, Instance* running, WasmError error)
    {
        Leave(env, running);
        if (error == WasmError.FuelExhausted) Abandon();
        if (WasmException.IsTrapCode(error)) throw Failure(error);
        Instance.Module.Runtime.Check(error);
    }

    /// <summary>The exception for a run that failed, with its call stack and the exception of a host function.</summary>
    internal WasmException Failure(WasmError error)
    {
        if (error is WasmError.Terminated or WasmError.TimeExceeded && Pointer->Depth == 0) Pointer->Terminate = Core.Run.ExecEnv.GoOn;
        HostContext host = Instance.Module.Runtime.Host;
        Exception? inner = host.Pending;
        host.Pending = null;
        CallStackText callStack = CallStackText.Of(Pointer);
        // A run around this one may go on with the trap, and its frames are kept together with these.
        if (Pointer->Depth == 0) Traces.Forget(Instance.Module.Runtime.Pointer);
        return new WasmException(error, NanoRuntime.NoDetails, callStack, inner: inner, note: CutNote.Of(Pointer, error),
            exitCode: Instance.Module.Runtime.ExitCodeOf(error));
    }

    /// <summary>Notes which run waits. A host function may have run others in this environment, which have ended.</summary>
    private WasmError After(WasmError error, NanoFunction function)
    {
        if (error != WasmError.None) _suspended = function;
        GC.KeepAlive(this);
        return error;
    }
}
