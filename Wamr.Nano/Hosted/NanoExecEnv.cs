// SPDX-License-Identifier: MIT
// An execution environment: operand stack, fuel, termination, resuming.
using System;
using Wamr.Nano.Core;
using Wamr.Nano.Core.Run;

namespace Wamr.Nano;

/// <summary>
/// Where functions of an instance run: one call at a time, though host functions may call back. Disposed with its instance at the
/// latest.
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
            // An image does not count what it executes, and one that was compiled without counts tells nothing.
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

    /// <summary>The instance whose functions run here.</summary>
    public NanoInstance Instance { get; }

    /// <summary>
    /// Fuel left, null where it is unlimited. A loop iteration or a call costs a unit, or more if its code is long. When it is spent,
    /// <see cref="NanoFunction.Start"/> and <see cref="Resume"/> return false, other calls throw; <see cref="IsSuspended"/> is set then.
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
    /// Time a call has; null: all there is. A call that takes longer throws WN5017. It is looked at every 1,024 loop iterations or calls,
    /// and while WASI sleeps or writes; a host function of yours that waits is not interrupted. A run that is resumed has its time anew.
    /// </summary>
    /// <example>
    /// <code>
    /// app.ExecEnv.Timeout = TimeSpan.FromMilliseconds(50);
    /// app.GetAction("run")();                // throws WN5017 after 50 ms
    /// </code>
    /// </example>
    /// <exception cref="ArgumentOutOfRangeException">It is not above zero.</exception>
    public TimeSpan? Timeout
    {
        get;
        set =>
            field = value is { Ticks: <= 0 } ? throw new ArgumentOutOfRangeException(nameof(value), value, "a timeout is above zero")
            : value;
    }

    /// <summary>
    /// Whether a run spent its fuel and waits to be resumed. Another call in this environment, or <see cref="Abandon"/>, gives it up.
    /// </summary>
    public bool IsSuspended => Pointer->Suspended != 0;

    /// <summary>Counts and times of what ran here so far; null unless <see cref="NanoRuntimeOptions.Profiled"/> was set.</summary>
    public NanoProfile? Profile => Pointer->Profile == null
        ? null
        : NanoProfile.Of(Pointer->Profile, Instance.Module.FunctionName);

    /// <exception cref="ObjectDisposedException">It, or its instance, was disposed.</exception>
    internal ExecEnv* Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(_env == null, this);
            return _env;
        }
    }

    /// <summary>
    /// Makes what runs here, or else the next run, trap at its next loop or call; a run after that starts anew. May be called from any
    /// thread while the environment lives.
    /// </summary>
    /// <example>
    /// <code>
    /// NanoExecEnv env = app.ExecEnv;
    /// using System.Threading.Timer timer = new(_ =&gt; env.Terminate(), null, 1000, System.Threading.Timeout.Infinite);
    /// app.GetAction("run")();                // throws WN5015 after a second
    /// </code>
    /// </example>
    public void Terminate() => Pointer->Terminate = Core.Run.ExecEnv.End;

    /// <summary>Goes on with a run that spent its fuel; give it some first.</summary>
    /// <param name="results">Filled in with the results of the suspended function where it finished; may be longer.</param>
    /// <returns>Whether it finished.</returns>
    /// <exception cref="WasmException">It trapped, there is nothing to resume, or no room for the results.</exception>
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

    /// <summary>Frees it with its operand stack; a suspended run is given up.</summary>
    /// <exception cref="WasmException">A function is running in it.</exception>
    public void Dispose()
    {
        if (_env == null) return;
        Profile* profile = _env->Profile;
        Instance.Module.Runtime.Check(ExecEnvs.Free(_env));
        Instance.Module.Runtime.FreeOutside((byte*)profile);
        _env = null;
        Instance.Forget(this);
    }

    /// <summary>The environment, about to run something on this thread.</summary>
    internal ExecEnv* Ready()
    {
        ExecEnv* env = Pointer;
        env->NativeStackBoundary = HostPlatform.StackBoundary(null);
        // A call within a call has what is left of that one's time.
        if (env->Depth == 0) ExecEnvs.SetTimeLimit(env, Nanoseconds(Timeout));
        return env;
    }

    internal static ulong Nanoseconds(TimeSpan? time) => time is TimeSpan t ? (ulong)t.Ticks * TimeSpan.NanosecondsPerTick : 0;

    /// <summary>Runs a function on slots that hold the arguments and get the results.</summary>
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
    /// Lets the environment's own instance run: a host function that calls back may have been called by another one, which its own
    /// called into.
    /// </summary>
    /// <returns>Who ran, for <see cref="Leave"/>.</returns>
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

    /// <summary>Hands out the results of a run that finished; false where it spent its fuel.</summary>
    /// <exception cref="WasmException">It trapped.</exception>
    internal bool Finish(NanoFunction function, WasmError error, uint* slots, Span<WasmValue> results)
    {
        if (error == WasmError.FuelExhausted && IsSuspended) return false;
        if (error != WasmError.None) throw Failure(error);
        function.Load(slots, results);
        return true;
    }

    /// <summary>
    /// Gives a run up that spent its fuel and waits. As long as one waits, what is disposed in its runtime gives no memory back: its frames
    /// may still refer to it.
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

    /// <summary>What to throw after a run that failed: with its call stack, and what a host function threw.</summary>
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

    /// <summary>Notes what waits: a host function may have run others here, which are over.</summary>
    private WasmError After(WasmError error, NanoFunction function)
    {
        if (error != WasmError.None) _suspended = function;
        GC.KeepAlive(this);
        return error;
    }
}
