// SPDX-License-Identifier: MIT
// A module instance: functions to call, memory, globals, tables.
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using Wamr.Nano.Core;
using Wamr.Nano.Core.Run;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano;

/// <summary>
/// An instance of a module, with its own memory, globals and tables. It can still be used after a trap. Its memory stays in the pool until
/// it is disposed, and until all instances that import from it are disposed.
/// </summary>
public sealed unsafe partial class NanoInstance : IDisposable
{
    internal const string InitializeName = "_initialize";

    private readonly PoolHandle? _wasiTexts;
    private readonly HashSet<NanoExecEnv> _envs = [];
    private Instance* _instance;
    private NanoExecEnv? _env;

    internal NanoInstance(NanoModule module, NanoInstanceOptions options)
    {
        Module = module;
        InstantiateArgs args = default;
        args.StackBytes = options.StackBytes;
        args.HeapBytes = options.HeapBytes;
        args.MaxPages = options.MaxPages;
        args.AllowUnlinked = options.AllowUnlinked;
        args.FuelLimited = options.StartFuel != null;
        args.Fuel = options.StartFuel ?? 0;
        if (options.Timeout is { Ticks: <= 0 })
            throw new ArgumentOutOfRangeException(nameof(options), options.Timeout, "a timeout is above zero");
        args.TimeLimit = NanoExecEnv.Nanoseconds(Timeout = options.Timeout);
        using StartWatch watch = new(module.Runtime, options.StartCancellation);
        ImportResolver imports = new(options.Imports, module.Runtime);
        GCHandle handle = GCHandle.Alloc(imports), callStack = GCHandle.Alloc(null);
        try
        {
            args.Resolver = &ImportResolver.Answer;
            args.ResolverContext = (void*)GCHandle.ToIntPtr(handle);
            args.StartTrapped = &CallStackText.Keep;
            args.StartContext = &callStack;
            if (module.Runtime.Host.HasWasi) args.Wasi = GiveWasi(options, _wasiTexts = new(module.Runtime.Host));
            Instance* instance;
            WasmError error = Instances.Create(module.Pointer, &args, &instance);
            string? detail = imports.Detail(error), note = imports.Note(error, module, &args);
            module.Runtime.Check(error, detail, callStack.Target as CallStackText, note);
            _instance = instance;
            if (module.Runtime.PaintsCStack && CStackPaint.IsKnown(instance)) CStackPaint.Apply(instance);
        }
        catch
        {
            _wasiTexts?.Dispose();
            throw;
        }
        finally
        {
            handle.Free();
            callStack.Free();
        }
    }

    /// <summary>The module of this instance.</summary>
    public NanoModule Module { get; }

    /// <summary>The initial <see cref="NanoExecEnv.Timeout"/> of its environments.</summary>
    internal TimeSpan? Timeout { get; }

    /// <summary>The linear memory, defined or imported by the module. If there is none, it has a size of 0.</summary>
    public NanoMemory Memory => new(Pointer->Memory);

    /// <summary>The environment in which functions run by default. It is created on first use, and disposed with the instance.</summary>
    /// <exception cref="WasmException">The pool is full (WN2001).</exception>
    public NanoExecEnv ExecEnv => _env ??= CreateExecEnv();

    /// <exception cref="ObjectDisposedException">The instance was disposed.</exception>
    internal Instance* Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(_instance == null, this);
            return _instance;
        }
    }

    /// <summary>Creates another execution environment, with its own operand stack.</summary>
    /// <param name="stackBytes">Size of the stack in bytes; 0 for the size from the instance's options.</param>
    /// <exception cref="WasmException">The pool is full (WN2001).</exception>
    public NanoExecEnv CreateExecEnv(uint stackBytes = 0) => CreateExecEnv(null, stackBytes);

    /// <summary>Creates another execution environment in memory of the caller. It takes nothing from the pool.</summary>
    /// <param name="buffer">The memory, with any alignment. It must stay valid and in place until the environment is disposed.</param>
    /// <param name="bytes">Size of the buffer in bytes. It holds the environment itself; the rest is stack.</param>
    /// <exception cref="WasmException">The buffer is too small (WN6009).</exception>
    public NanoExecEnv CreateExecEnv(byte* buffer, uint bytes)
    {
        NanoExecEnv env = new(this, buffer, bytes);
        _envs.Add(env);
        return env;
    }

    /// <summary>Gets an exported function.</summary>
    /// <param name="name">The name of the export.</param>
    /// <param name="env">The environment in which the function will run; null for <see cref="ExecEnv"/>.</param>
    /// <exception cref="WasmException">The module exports no such function (WN6001).</exception>
    /// <exception cref="ArgumentException">The environment belongs to another instance.</exception>
    public NanoFunction GetFunction(string name, NanoExecEnv? env = null)
    {
        if (env != null && env.Instance != this) throw new ArgumentException("the environment belongs to another instance", nameof(env));
        return new(env ?? ExecEnv, name, Find(name, ExternKind.Func));
    }

    /// <summary>Gets an exported global.</summary>
    /// <param name="name">The name of the export.</param>
    /// <exception cref="WasmException">The module exports no such global (WN6001).</exception>
    public NanoGlobal GetGlobal(string name) => new(this, Find(name, ExternKind.Global));

    /// <summary>Gets an exported table.</summary>
    /// <param name="name">The name of the export.</param>
    /// <exception cref="WasmException">The module exports no such table (WN6001).</exception>
    public NanoTable GetTable(string name) => new(this, Find(name, ExternKind.Table));

    /// <summary>Whether the module exports a function of that name.</summary>
    /// <param name="name">The name of the export.</param>
    public bool HasFunction(string name) =>
        TryFind(Encoding.UTF8.GetBytes(name), out ExternKind kind, out _) && kind == ExternKind.Func;

    /// <summary>
    /// Runs the function <c>_initialize</c> of a WASI library (a "reactor"), which must run once before any other function. Does nothing if
    /// the module exports no such function.
    /// </summary>
    /// <exception cref="WasmException">The function trapped, or the app exited (WN6006).</exception>
    public void Initialize()
    {
        if (HasFunction(InitializeName) && GetFunction(InitializeName) is { Parameters.Count: 0, Results.Count: 0 } initialize)
            initialize.Call();
    }

    /// <summary>Runs a program by calling its function <c>_start</c>.</summary>
    /// <returns>The exit code that the program passed to <c>proc_exit</c>; 0 if it returned.</returns>
    /// <exception cref="WasmException">The program trapped, or exports no such function (WN6001).</exception>
    public int RunProgram()
    {
        try
        {
            GetFunction("_start").Call();
            return 0;
        }
        catch (WasmException e) when (e.ExitCode is int code)
        {
            return code;
        }
    }

    /// <summary>
    /// Frees the instance and its execution environments. If other instances import its memory, tables, globals or functions, these stay
    /// until those instances are disposed; its WASI arguments do not.
    /// </summary>
    /// <exception cref="WasmException">A function of the instance is running (WN4005).</exception>
    public void Dispose()
    {
        if (_instance == null) return;
        foreach (NanoExecEnv env in new List<NanoExecEnv>(_envs)) env.Dispose();
        Module.Runtime.Check(Instances.Free(_instance));
        _instance = null;
        _wasiTexts?.Dispose();
        Module.Forget(this);
        Module.Runtime.UnloadRetired();
    }

    internal void Forget(NanoExecEnv env)
    {
        _envs.Remove(env);
        if (_env == env) _env = null;
    }

    /// <summary>Writes a value to slots for the app. A function reference that the host kept must still be valid.</summary>
    /// <returns>The number of slots used.</returns>
    /// <exception cref="ArgumentException">
    /// The value is a reference to a function of another runtime, or to a function that no longer exists.
    /// </exception>
    internal uint Store(WasmValue value, uint* slots) => Store(Pointer->Runtime, value, slots);

    /// <summary>The same as the other overload, for any instance of a runtime.</summary>
    internal static uint Store(Core.Run.Runtime* runtime, WasmValue value, uint* slots)
    {
        if (value.Type == WasmType.FuncRef && value.Bits != 0)
        {
            Instance* owner = FuncRef.InstanceOf(runtime, (uint)value.Bits);
            if (owner == null || FuncRef.FunctionOf((uint)value.Bits) >= owner->Module->FunctionCount)
                throw new ArgumentException("the function reference belongs to another runtime, or its instance is gone", nameof(value));
        }
        return value.ToSlots(slots);
    }

    /// <summary>Finds an export by its name in UTF-8.</summary>
    internal bool TryFind(ReadOnlySpan<byte> utf8, out ExternKind kind, out uint index)
    {
        ExternKind foundKind;
        uint foundIndex;
        bool found;
        fixed (byte* p = utf8) found = Exports.Find(Pointer->Module, p, (uint)utf8.Length, &foundKind, &foundIndex);
        (kind, index) = (foundKind, foundIndex);
        GC.KeepAlive(this);
        return found;
    }

    private uint Find(string name, ExternKind kind)
    {
        ArgumentNullException.ThrowIfNull(name);
        return TryFind(Encoding.UTF8.GetBytes(name), out ExternKind found, out uint index) && found == kind
            ? index
            : throw new WasmException(WasmError.UnknownExport, NanoRuntime.NoDetails, detail: $"{kind} '{name}'");
    }

    /// <summary>The type of an export, with the current size of a memory or table.</summary>
    internal WasmExternType TypeOf(ExternKind kind, uint index)
    {
        MemoryInst* memory = Pointer->Memory;
        return kind switch
        {
            ExternKind.Memory => new WasmMemoryType(memory->Pages, WasmExternType.Max(memory->MaxPages), 1u << memory->PageShift),
            ExternKind.Table =>
                new WasmTableType((WasmType)Pointer->Tables[index]->ElemType, Pointer->Tables[index]->Size,
                    WasmExternType.Max(Pointer->Tables[index]->Max)),
            _ => NanoModule.TypeOf(Pointer->Module, kind, index),
        };
    }

    private ProgramArguments* GiveWasi(NanoInstanceOptions options, PoolHandle texts)
    {
        ProgramArguments* wasi = (ProgramArguments*)texts.Allocate((nuint)sizeof(ProgramArguments));
        wasi->Args = texts.Texts(options.Arguments);
        wasi->ArgCount = (uint)options.Arguments.Count;
        wasi->Environ = texts.Texts(options.Environment);
        wasi->EnvironCount = (uint)options.Environment.Count;
        wasi->StreamKinds = Module.Runtime.Host.StreamKinds;
        return wasi;
    }
}
