// SPDX-License-Identifier: MIT
// The runtime: a pool of memory, the host functions, and what is loaded.
using System;
using System.Collections.Generic;
using Wamr.Nano.Core;
using Wamr.Nano.Core.Engine;
using Wamr.Nano.Core.Engine.Interpreter;
using Wamr.Nano.Core.Memory;
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.Run;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano;

/// <summary>
/// A WebAssembly runtime that takes all memory from a pool, from the system, or from an allocator: see <see cref="NanoRuntimeOptions"/>.
/// Disposing it also disposes its modules and instances. It is not thread-safe: only one thread at a time may use a runtime and its
/// objects. The exception is <see cref="NanoExecEnv.Terminate"/>.
/// </summary>
/// <example>
/// <code>
/// using NanoRuntime runtime = new(256 * 1024);
/// runtime.DefineFunc("env", "twice", (int x) =&gt; 2 * x);
/// using NanoModule module = runtime.LoadModule(File.ReadAllBytes("app.wasm"));
/// using NanoInstance app = module.Instantiate();
/// Console.WriteLine(app.GetFunc&lt;int, int&gt;("run")(21));
/// </code>
/// </example>
public sealed unsafe partial class NanoRuntime : IDisposable
{
    private readonly PoolHandle _handle;
    private readonly Runtime* _runtime;
    private readonly uint _fixedBytes;
    private readonly HashSet<NanoModule> _modules = [];

    /// <summary>
    /// Modules that were disposed while other modules' instances still used their instances, each with the copy of its bytes.
    /// </summary>
    private readonly List<(nint Module, nint Bytes, MappedImage? Image)> _retired = [];

    /// <summary>Creates a runtime that allocates its own memory.</summary>
    /// <param name="options">Settings of the runtime; null for the defaults.</param>
    /// <exception cref="WasmException">The pool is too small for the runtime itself (WN2003).</exception>
    public NanoRuntime(NanoRuntimeOptions? options = null) : this(null, 0, options ?? new())
    {
    }

    /// <summary>Creates a runtime with a pool of the given size.</summary>
    /// <param name="poolBytes">Size of the pool in bytes. 0 means no pool: memory comes from the system.</param>
    /// <exception cref="WasmException">The pool is too small for the runtime itself (WN2003).</exception>
    public NanoRuntime(uint poolBytes) : this(new NanoRuntimeOptions { PoolBytes = poolBytes })
    {
    }

    /// <summary>Creates a runtime whose pool is memory of the caller.</summary>
    /// <param name="pool">
    /// The memory, with any alignment. It must stay valid and in place until the runtime is disposed. Null: the options decide.
    /// </param>
    /// <param name="poolBytes">Size of the pool in bytes.</param>
    /// <param name="options">Settings of the runtime.</param>
    /// <exception cref="WasmException">The pool is too small for the runtime itself (WN2003).</exception>
    public NanoRuntime(byte* pool, uint poolBytes, NanoRuntimeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Host = new HostContext(options);
        PaintsCStack = options.PaintCStack;
        _handle = new PoolHandle(Host);
        WasmError error;
        if (pool != null && options.Allocator != null) throw new ArgumentException("a pool and an allocator are given", nameof(options));
        if (pool == null && (options.PoolBytes == 0 || options.Allocator != null))
        {
            _runtime = (Runtime*)_handle.Allocate((nuint)sizeof(Runtime));
            error = InitHeap(options);
        }
        else
        {
            if (pool == null) pool = _handle.Allocate(poolBytes = options.PoolBytes);
            _runtime = (Runtime*)(pool + (-(nint)pool & 15));
            _fixedBytes = (uint)((byte*)_runtime - pool) + (uint)sizeof(Runtime);
            error = poolBytes < _fixedBytes ? WasmError.PoolTooSmall : InitPool(pool, poolBytes, options.RedZones);
        }
        if (error != WasmError.None)
        {
            _handle.Dispose();
            throw new WasmException(error, NoDetails with { Asked = poolBytes });
        }
        PlatformHooks platform = HostPlatform.Of(_handle.Context);
        Runtimes.Init(_runtime, &platform, options.Features);
        CallStacks.Register(_runtime);
        _handle.Runtime = _runtime;
        _runtime->Load.Profiled = options.Profiled ? (byte)1 : (byte)0;
        _runtime->Load.WholePages = options.WholePages ? (byte)1 : (byte)0;
        _runtime->Load.StackPointer = options.CStackChecks ? (ushort)0 : LoadRules.UncheckedStack;
    }

    /// <summary>How much memory is used, by category. The figures are exact at any time.</summary>
    /// <example>
    /// <code>
    /// NanoMemoryStatistics memory = runtime.Statistics;
    /// Console.WriteLine($"{memory.All.Used} of {memory.Total} B in use, {memory.All.HighWater} B at most");
    /// </code>
    /// </example>
    public NanoMemoryStatistics Statistics
    {
        get
        {
            MemoryStatistics s;
            Allocator.Statistics(&Pointer->Allocator, &s);
            GC.KeepAlive(this);
            return new(s, _fixedBytes);
        }
    }

    internal HostContext Host { get; }

    /// <summary>See <see cref="NanoRuntimeOptions.PaintCStack"/>.</summary>
    internal bool PaintsCStack { get; }

    /// <exception cref="ObjectDisposedException">The runtime was disposed.</exception>
    internal Runtime* Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
            return _runtime;
        }
    }

    internal static ErrorInfo NoDetails => new() { Offset = ErrorInfo.Unknown, Index = ErrorInfo.Unknown };

    /// <summary>
    /// Loads a module: validates it completely, and translates its code to register code. The bytes are copied to memory outside the pool.
    /// </summary>
    /// <param name="bytes">A WebAssembly binary.</param>
    /// <exception cref="WasmException">
    /// The module is malformed (WN10xx) or invalid (WN30xx), exceeds a limit (WN39xx), or the pool has no room for it (WN2001). Nothing
    /// remains in the pool.
    /// </exception>
    /// <example>
    /// <code>
    /// try
    /// {
    ///     using NanoModule loaded = runtime.LoadModule(File.ReadAllBytes("app.wasm"));
    /// }
    /// catch (WasmException e)
    /// {
    ///     Console.Error.WriteLine(e.Message); // WN3001 type mismatch at offset 0x1a, index 3: ...
    /// }
    /// </code>
    /// </example>
    public NanoModule LoadModule(ReadOnlySpan<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
        byte* copy = _handle.Allocate((nuint)bytes.Length + 1);
        bytes.CopyTo(new Span<byte>(copy, bytes.Length));
        try
        {
            return Load(copy, (uint)bytes.Length, copy);
        }
        catch
        {
            _handle.Free(copy);
            throw;
        }
    }

    /// <summary>
    /// Loads a module without copying it, like <see cref="LoadModule(ReadOnlySpan{byte})"/>. The runtime uses the bytes in place, and never
    /// writes to them.
    /// </summary>
    /// <param name="bytes">
    /// A WebAssembly binary. It must stay valid and unchanged until the module is disposed, and until all instances that import from its
    /// instances are disposed.
    /// </param>
    /// <param name="size">Size of the binary in bytes.</param>
    /// <exception cref="WasmException">
    /// The module is malformed (WN10xx) or invalid (WN30xx), exceeds a limit (WN39xx), or the pool has no room for it (WN2001). Nothing
    /// remains in the pool.
    /// </exception>
    public NanoModule LoadModule(byte* bytes, uint size) => Load(bytes, size, null);

    /// <summary>Disposes all modules and instances, and frees the pool.</summary>
    /// <exception cref="WasmException">A function of an app is running (WN4005). Then nothing is disposed.</exception>
    public void Dispose()
    {
        if (_handle.IsClosed) return;
        if (Collector.IsRunning(_runtime, orWaits: false)) throw new WasmException(WasmError.InstanceInUse, NoDetails);
        foreach (NanoModule module in new List<NanoModule>(_modules)) module.Dispose();
        Runtimes.Destroy(_runtime);
        UnloadRetired();
        FreeBlocks();
        Allocator.Destroy(&_runtime->Allocator);
        _handle.Dispose();
    }

    /// <summary>The number of blocks of native memory outside the pool, for tests.</summary>
    internal int NativeBlocks => _handle.Blocks;

    /// <summary>Allocates native memory outside the pool that lives as long as the runtime. Its contents are undefined.</summary>
    internal byte* AllocateOutside(nuint bytes) => _handle.Allocate(bytes);

    /// <summary>Frees a block of <see cref="AllocateOutside"/>; null is allowed.</summary>
    internal void FreeOutside(byte* block) => _handle.Free(block);

    /// <summary>Unloads a disposed module and frees its bytes, at once or when none of its instances is used any more.</summary>
    internal void Retire(NanoModule module, Module* core, byte* bytes, MappedImage? image)
    {
        _modules.Remove(module);
        _retired.Add(((nint)core, (nint)bytes, image));
        UnloadRetired();
    }

    /// <summary>Unloads disposed modules that have no instances left.</summary>
    internal void UnloadRetired()
    {
        if (_retired.Count == 0) return;
        Collector.Collect(_runtime);
        for (int i = _retired.Count - 1; i >= 0; i--)
        {
            (nint module, nint bytes, MappedImage? image) = _retired[i];
            if (Modules.Unload((Module*)module) != WasmError.None) continue;
            _handle.Free((byte*)bytes);
            image?.Dispose();
            _retired.RemoveAt(i);
        }
    }

    /// <summary>Throws if <paramref name="error"/> is an error, with the details from the core and the call stack.</summary>
    internal void Check(WasmError error, string? detail = null, CallStackText? callStack = null, string? note = null,
        RefusedFeature? refusal = null)
    {
        if (error == WasmError.None) return;
        ErrorInfo info = Pointer->Error;
        Exception? inner = Host.Pending;
        Host.Pending = null;
        throw new WasmException(error, info.Code == error ? info : NoDetails, callStack, detail, inner, note, ExitCodeOf(error), refusal);
    }

    /// <summary>Features that are switched on only when a module needs them, so that at the end the runtime has no others.</summary>
    internal Features FeaturesOnDemand { get; set; }

    /// <summary>The app's exit code, if the app ended by <c>proc_exit</c>.</summary>
    internal int? ExitCodeOf(WasmError error) => error == WasmError.ProcExit ? (int)Pointer->ExitCode : null;

    private NanoModule Load(byte* bytes, uint size, byte* owned)
    {
        Module* module;
        if (Pointer->Load.StackPointer != LoadRules.UncheckedStack) Pointer->Load.StackPointer = StackName.Find(bytes, size);
        WasmError error;
        do error = ModuleLoader.Load(Pointer, bytes, size, &module);
        while (error == WasmError.FeatureDisabled && SwitchOn((Features)Pointer->Error.Asked));
        Check(error, refusal: error == WasmError.None ? null : RefusedFeature.Of(error, Pointer->Error, bytes, size));
        NanoModule loaded = new(this, module, owned);
        _modules.Add(loaded);
        return loaded;
    }

    private bool SwitchOn(Features missing)
    {
        if (missing == Features.None || (missing & ~FeaturesOnDemand) != 0) return false;
        Pointer->Load.Features |= missing;
        return true;
    }

    private WasmError InitPool(byte* pool, uint poolBytes, bool redZones)
    {
        *_runtime = default;
        return Allocator.InitPool(&_runtime->Allocator, pool + _fixedBytes, poolBytes - _fixedBytes, null, redZones, &_runtime->Error);
    }

    /// <summary>The embedder's heap, or the system's.</summary>
    private WasmError InitHeap(NanoRuntimeOptions options)
    {
        *_runtime = default;
        MemoryHooks* hooks = (MemoryHooks*)_handle.Allocate((nuint)sizeof(MemoryHooks));
        *hooks = options.Allocator == null ? SystemHeap.Hooks() : EmbedderAllocator.Hooks(_handle.Context);
        return Allocator.InitEmbedder(&_runtime->Allocator, hooks, options.RedZones, &_runtime->Error);
    }
}
