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
/// A module instance. Its memory stays in the pool as long as it, or an instance that imports from it, lives. After a trap it can still
/// be used.
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

    /// <summary>The module it was made of.</summary>
    public NanoModule Module { get; }

    /// <summary>What its environments have for <see cref="NanoExecEnv.Timeout"/>.</summary>
    internal TimeSpan? Timeout { get; }

    /// <summary>Its linear memory, its own or an imported one; empty where it has none.</summary>
    public NanoMemory Memory => new(Pointer->Memory);

    /// <summary>The environment its functions run in where nothing else is said; made when it is first asked for.</summary>
    /// <exception cref="WasmException">The pool is full.</exception>
    public NanoExecEnv ExecEnv => _env ??= CreateExecEnv();

    /// <exception cref="ObjectDisposedException">It was disposed.</exception>
    internal Instance* Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(_instance == null, this);
            return _instance;
        }
    }

    /// <summary>Makes another execution environment, with an operand stack of its own.</summary>
    /// <param name="stackBytes">Bytes of the stack; 0: as the instance's options say.</param>
    /// <exception cref="WasmException">The pool is full.</exception>
    public NanoExecEnv CreateExecEnv(uint stackBytes = 0) => CreateExecEnv(null, stackBytes);

    /// <summary>Makes another execution environment in the caller's memory; the pool is not touched.</summary>
    /// <param name="buffer">Any alignment; must stay valid and in place until the environment is disposed.</param>
    /// <param name="bytes">Its size; the environment itself is taken from it, the rest is stack.</param>
    /// <exception cref="WasmException">The buffer is too small.</exception>
    public NanoExecEnv CreateExecEnv(byte* buffer, uint bytes)
    {
        NanoExecEnv env = new(this, buffer, bytes);
        _envs.Add(env);
        return env;
    }

    /// <summary>Finds an exported function.</summary>
    /// <param name="name">Name of the export.</param>
    /// <param name="env">Where it is to run; null: <see cref="ExecEnv"/>.</param>
    /// <exception cref="WasmException">There is no such function.</exception>
    /// <exception cref="ArgumentException">The environment is another instance's.</exception>
    public NanoFunction GetFunction(string name, NanoExecEnv? env = null)
    {
        if (env != null && env.Instance != this) throw new ArgumentException("the environment belongs to another instance", nameof(env));
        return new(env ?? ExecEnv, name, Find(name, ExternKind.Func));
    }

    /// <summary>Finds an exported global.</summary>
    /// <param name="name">Name of the export.</param>
    /// <exception cref="WasmException">There is no such global.</exception>
    public NanoGlobal GetGlobal(string name) => new(this, Find(name, ExternKind.Global));

    /// <summary>Finds an exported table.</summary>
    /// <param name="name">Name of the export.</param>
    /// <exception cref="WasmException">There is no such table.</exception>
    public NanoTable GetTable(string name) => new(this, Find(name, ExternKind.Table));

    /// <summary>Whether it exports a function of that name.</summary>
    /// <param name="name">Name of the export.</param>
    public bool HasFunction(string name) =>
        TryFind(Encoding.UTF8.GetBytes(name), out ExternKind kind, out _) && kind == ExternKind.Func;

    /// <summary>
    /// Runs <c>_initialize</c> of a WASI library (a "reactor"), which has to be called once before any other function; nothing without one.
    /// </summary>
    /// <exception cref="WasmException">It trapped.</exception>
    public void Initialize()
    {
        if (HasFunction(InitializeName) && GetFunction(InitializeName) is { Parameters.Count: 0, Results.Count: 0 } initialize)
            initialize.Call();
    }

    /// <summary>Runs a program: its <c>_start</c> function.</summary>
    /// <returns>What it gave to proc_exit; 0 where it just returned.</returns>
    /// <exception cref="WasmException">It trapped, or has no such function.</exception>
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
    /// Frees it with its execution environments. What other instances import of it stays until they are disposed; its arguments do not.
    /// </summary>
    /// <exception cref="WasmException">A function of it is running.</exception>
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

    /// <summary>Writes a value to slots for the app. A function reference the host kept must still be one.</summary>
    /// <returns>Slots taken.</returns>
    /// <exception cref="ArgumentException">It is a reference to a function of another runtime, or one that is gone.</exception>
    internal uint Store(WasmValue value, uint* slots) => Store(Pointer->Runtime, value, slots);

    /// <summary>As the other overload, in any instance of a runtime.</summary>
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

    /// <summary>Type of what it exports, with the size that a memory or a table has now.</summary>
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
