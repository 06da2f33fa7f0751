// SPDX-License-Identifier: MIT
// Loads hostile modules into a small pool and runs whatever they export, with fuel, on a stack that ends at an inaccessible page.
using System;
using System.Runtime.InteropServices;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Xip;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Robustness;

/// <summary>
/// Imports of any kind and type are answered: functions by one of the host that changes nothing, the rest by an instance with one of each.
/// </summary>
internal sealed unsafe class Laboratory : IDisposable
{
    public delegate WasmError Loader(Core.Run.Runtime* rt, byte* bytes, uint size, Core.Wasm.Module** module);

    private const uint Fuel = 200;
    private const int NeighbourBytes = 512;
    private const byte Neighbour = 0x5A;

    private readonly Pool _pool;
    private readonly GuardedStack _stack;
    private readonly uint _slots;
    private readonly byte[] _provider = Provider();
    private readonly GCHandle _pinned;
    private readonly Loader _load;
    private readonly byte* _neighbour;
    private readonly uint _used;
    private GuardedBytes _bytes = new(64 * 1024);

    /// <param name="poolBytes">Size of the pool.</param>
    /// <param name="stackSlots">Size of the operand stack.</param>
    /// <param name="redZones">Guard bytes around each block of the pool.</param>
    /// <param name="load">How a module is made of bytes; null: they are a binary.</param>
    public Laboratory(uint poolBytes, uint stackSlots, bool redZones = false, Loader? load = null)
    {
        _load = load ?? ModuleLoader.Load;
        _pool = new(poolBytes, redZones, fenced: true);
        _slots = stackSlots;
        _stack = new(stackSlots);
        _pinned = GCHandle.Alloc(_provider, GCHandleType.Pinned);
        Runtimes.Init(_pool.Runtime, null, Features.All);
        _neighbour = (byte*)Core.Memory.Allocator.Alloc(_pool.Allocator, NeighbourBytes, MemoryCategory.Instance);
        new Span<byte>(_neighbour, NeighbourBytes).Fill(Neighbour);
        _used = _pool.Statistics.Used;
    }

    /// <summary>Modules that were valid, instances made, calls.</summary>
    public int Valid { get; private set; }

    public int Instances { get; private set; }

    public int Calls { get; private set; }

    /// <summary>Whatever the module is, the pool is afterwards as it was before.</summary>
    public void Examine(byte[] module, Random random)
    {
        if (module.Length + 8 > _bytes.Capacity)
        {
            _bytes.Dispose();
            _bytes = new(module.Length + 8);
        }
        Core.Wasm.Module* m;
        // Images are aligned: what follows them up to the guard is not theirs.
        byte[] padded = _load == ModuleLoader.Load ? module : [.. module, .. new byte[-module.Length & (AlignmentOf(module) - 1)]];
        if (_load(_pool.Runtime, _bytes.Place(padded), (uint)module.Length, &m) == WasmError.None)
        {
            Valid++;
            Instantiate(m, random);
            Assert.Equal(WasmError.None, Modules.Unload(m));
        }
        _pool.AssertCanaries();
        Assert.Equal(-1, new Span<byte>(_neighbour, NeighbourBytes).IndexOfAnyExcept(Neighbour));
        Assert.Equal(_used, _pool.Statistics.Used);
    }

    private static int AlignmentOf(byte[] image) => 1 << Math.Clamp((int)ImageKit.Header(image).AlignmentLog2, 3, 6);

    /// <summary>Fails the test where the heap is not sound.</summary>
    public void AssertSound() => Assert.Equal(WasmError.None, Core.Memory.Allocator.Check(_pool.Allocator));

    public void Dispose()
    {
        Core.Memory.Allocator.Free(_pool.Allocator, _neighbour);
        Runtimes.Destroy(_pool.Runtime);
        _pool.Dispose();
        _stack.Dispose();
        _bytes.Dispose();
        _pinned.Free();
    }

    private void Instantiate(Core.Wasm.Module* m, Random random)
    {
        Core.Wasm.Module* providing = null;
        Instance* provider = null;
        bool needed = m->ImportedGlobals + m->ImportedTables != 0 || m->Info->Memory.Import != 0;
        byte* bytes = (byte*)_pinned.AddrOfPinnedObject();
        if (needed && ModuleLoader.Load(_pool.Runtime, bytes, (uint)_provider.Length, &providing) != WasmError.None) return;
        if (needed && Core.Run.Instances.Create(providing, null, &provider) != WasmError.None) provider = null;
        if (!needed || provider != null) Run(m, provider, random);
        if (provider != null) Assert.Equal(WasmError.None, Core.Run.Instances.Free(provider));
        if (providing != null) Assert.Equal(WasmError.None, Modules.Unload(providing));
    }

    private void Run(Core.Wasm.Module* m, Instance* provider, Random random)
    {
        byte name = 0;
        HostFunc row = new() { Name = &name, Function = &Nothing };
        Answers answers = new() { Provider = provider, Function = &row };
        if (LoadedModule.Of(m)->IsNative && m->Info->StartFunction != Core.Wasm.Module.NoIndex) return;
        InstantiateArgs args = new()
        {
            Resolver = &Resolve, ResolverContext = &answers, FuelLimited = true, Fuel = Fuel,
            HeapBytes = random.Next(4) == 0 ? 1000u : 0, StackBytes = 2048,
        };
        Instance* instance;
        if (Core.Run.Instances.Create(m, &args, &instance) != WasmError.None) return;
        Instances++;
        ExecEnv* env = _stack.Env(instance, _slots);
        int calls = 0;
        // Native code is trusted: no forged table sends it anywhere.
        for (uint f = 0; f < m->FunctionCount && calls < 8 && !LoadedModule.Of(m)->IsNative; f++)
            if (m->FunctionCount < 8 || random.Next(m->FunctionCount) < 8)
            {
                calls++;
                Call(env, f, random);
            }
        Assert.Equal(WasmError.None, ExecEnvs.Free(env));
        Assert.Equal(WasmError.None, Core.Run.Instances.Free(instance));
    }

    private void Call(ExecEnv* env, uint function, Random random)
    {
        Calls++;
        ulong[] arguments = new ulong[Config.MaxParams];
        for (int i = 0; i < 8; i++) arguments[i] = random.Next(2) == 0 ? (ulong)random.Next(100) : (ulong)random.NextInt64();
        ExecEnvs.SetFuel(env, Fuel);
        WasmError error = Guest.Try(env, function, out _, arguments);
        if (error == WasmError.FuelExhausted && env->Suspended != 0)
        {
            env->Fuel = 5;
            uint* slots = stackalloc uint[(int)Config.MaxParams * 2];
            error = Core.Run.Calls.Resume(env, slots);
        }
        if (error == WasmError.None) return;
        int frames = 0;
        CallFrame frame;
        for (bool more = CallStack.First(env, &frame); more; more = CallStack.Next(env, &frame))
            if (frames++ < 3) Assert.NotEqual(0u, WasmPosition.Of(&frame));
    }

    private struct Answers
    {
        public Instance* Provider;
        public HostFunc* Function;
    }

    private static WasmError Nothing(ExecEnv* env, void* slots, void* data) => WasmError.None;

    private static WasmError Resolve(void* context, ImportRequest* request, Extern* result)
    {
        Answers* answers = (Answers*)context;
        result->Kind = request->Kind;
        if (request->Kind == ExternKind.Func) result->Host = answers->Function;
        else result->Instance = answers->Provider;
        Core.Wasm.Module* m = request->Module;
        if (request->Kind == ExternKind.Table) result->Index = m->Tables[request->Index].ElemType == ValType.FuncRef ? 0u : 1;
        else if (request->Kind == ExternKind.Global)
            result->Index = (m->Globals[request->Index].Mutable * 6u)
                + (uint)"\x7F\x7E\x7D\x7C\x70\x6F".IndexOf((char)m->Globals[request->Index].Type, StringComparison.Ordinal);
        return WasmError.None;
    }

    /// <summary>A memory, tables of functions and of host references, and of each type a constant and a variable global.</summary>
    private static byte[] Provider()
    {
        ModuleBuilder m = new();
        m.Memory(1, 2);
        m.Table(10, 20);
        m.Table(10, 20, 'r');
        for (int mutable = 0; mutable < 2; mutable++)
        {
            m.Global('i', new Code().I32(66), mutable == 1);
            m.Global('I', new Code().I64(-6), mutable == 1);
            m.Global('f', new Code().F32(1.5f), mutable == 1);
            m.Global('F', new Code().F64(2.5), mutable == 1);
            m.Global('n', new Code().Op(Opcode.RefNull).Raw(0x70), mutable == 1);
            m.Global('r', new Code().Op(Opcode.RefNull).Raw(0x6F), mutable == 1);
        }
        m.Elements(0, m.Function(":", new Code()), m.Function("i:i", new Code().Get(0)));
        return m.Build();
    }
}
