// SPDX-License-Identifier: MIT
// The engine against the reference evaluator: the same calls, then results, traps, call stacks,
// fuel, memories, globals and tables compared.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using Wamr.Nano.Tests.TestKit.Reference;
using Xunit;

namespace Wamr.Nano.Tests.TestKit.Generated;

/// <summary>One pool for many modules; after each the pool must be as before.</summary>
internal sealed unsafe class Duel : IDisposable
{
    private const ulong Fuel = 300;
    private const uint StackSlots = 400_000;

    /// <summary>How much more code may cost than the reference counts; code of more than 64 KB.</summary>
    private const ulong Costly = 64, MostCostly = 600;

    private readonly Pool _pool = new(4 * 1024 * 1024);
    private readonly GuardedStack _stack = new(StackSlots);
    private readonly List<nint> _native = [];
    private readonly DuelEngine _engine;
    private readonly DuelImages _images;

    /// <param name="profiled">Whether instructions are counted.</param>
    /// <param name="engine">Who fights the reference.</param>
    public Duel(bool profiled = false, DuelEngine engine = DuelEngine.Interpreter)
    {
        _engine = engine;
        _images = new(_pool.Runtime, engine);
        Runtimes.Init(_pool.Runtime, null, Features.All);
        if (engine == DuelEngine.Native) _pool.Runtime->Platform.StackBoundary = &HostPlatform.StackBoundary;
        CallStacks.Register(_pool.Runtime);
        _pool.Runtime->Load.Profiled = profiled ? (byte)1 : (byte)0;
        HostFunc* rows = (HostFunc*)Keep(new byte[2 * sizeof(HostFunc)]);
        rows[0] = new() { Name = Keep("mix\0"u8), Signature = Keep("(iI)I\0"u8), Function = &Mix };
        rows[1] = new() { Name = Keep("back\0"u8), Signature = Keep("(i)i\0"u8), Function = &Back };
        Assert.Equal(WasmError.None, HostFuncs.Register(_pool.Runtime, Keep("host\0"u8), rows, 2));
    }

    /// <summary>Frames of native code in reported call stacks, and all there were, without the middle of deep call stacks.</summary>
    public (int Found, int All) NativeFrames { get; private set; }

    /// <summary>Calls by how they ended.</summary>
    public Dictionary<WasmError, int> Ends { get; } = [];

    /// <summary>Makes the modules of a seed and lets both run them; null, or what was different.</summary>
    public string? Fight(int seed, Func<Random, ModuleOptions> options)
    {
        Random random = new(seed);
        ModuleOptions wanted = options(random);
        List<nint> instances = [], modules = [], binaries = [], read = [];
        List<ReferenceInstance> references = [];
        if (wanted.Library != null) Make(wanted.Library, "lib");
        ModuleShape shape = new(random, wanted);
        Make(shape, "main");
        // Segments of the one write to the other's memory and table, so all are there before any is mirrored.
        Mirror();
        string? difference = Calls(random, shape, references, Mirror);
        foreach (nint instance in instances) Assert.Equal(WasmError.None, Instances.Free((Instance*)instance));
        foreach (nint module in modules) Assert.Equal(WasmError.None, Modules.Unload((Core.Wasm.Module*)module));
        foreach (nint binary in binaries) NativeMemory.Free((void*)binary);
        _images.Free();
        return difference;

        void Mirror()
        {
            references.Clear();
            foreach (var (instance, module) in instances.Zip(read))
                references.Add(ReferenceInstance.Of((Instance*)instance, (Core.Wasm.Module*)module, references, HostOf(references)));
        }

        void Make(ModuleShape made, string name)
        {
            byte[] binary = made.Builder.Build();
            byte* bytes = Copy(binary);
            binaries.Add((nint)bytes);
            Core.Wasm.Module* module;
            WasmError error = ModuleLoader.Load(_pool.Runtime, bytes, (uint)binary.Length, &module);
            Assert.True(error == WasmError.None, $"seed {seed}: {name} is {error} at {_pool.Error->Offset}: {Convert.ToHexString(binary)}");
            modules.Add((nint)module);
            read.Add((nint)module);
            if (_engine != DuelEngine.Interpreter)
            {
                module = _images.Load(binary, open: wanted.Library != null || seed / 8 % 2 == 0, seed);
                modules.Add((nint)module);
            }
            nint library = instances.FirstOrDefault();
            InstantiateArgs args = new() { Resolver = &Resolve, ResolverContext = &library };
            Instance* instance;
            Assert.Equal(WasmError.None, Instances.Create(module, &args, &instance));
            instances.Add((nint)instance);
        }
    }

    /// <summary>Fails the test where the pool was overrun or something in it was left.</summary>
    public void AssertClean()
    {
        _pool.AssertCanaries();
        Assert.Equal(WasmError.None, Core.Memory.Allocator.Check(_pool.Allocator));
        Assert.Equal((0u, 0u, 0u), (_pool.Statistics.Module.Used, _pool.Statistics.Instance.Used, _pool.Statistics.ExecEnv.Used));
    }

    public void Dispose()
    {
        Runtimes.Destroy(_pool.Runtime);
        _stack.Dispose();
        _pool.Dispose();
        foreach (nint block in _native) NativeMemory.Free((void*)block);
    }

    private ReferenceMachine? _machine;

    private Func<uint, Func<ulong[], ulong[]>> HostOf(List<ReferenceInstance> references)
    {
        int owner = references.Count;
        return import => import == 0
            ? arguments => [((uint)arguments[0] * 31ul) + (arguments[1] ^ 7)]
            : arguments => _machine!.Enter(references[owner].Functions[Callee(references[owner].Engine)], arguments);
    }

    private string? Calls(Random random, ModuleShape shape, List<ReferenceInstance> references, Action mirror)
    {
        _machine = new(references);
        for (int call = 0; call < 2 * (shape.Functions.Count - shape.FirstOwn); call++)
        {
            int own = call % (shape.Functions.Count - shape.FirstOwn);
            string[] type = shape.Functions[shape.FirstOwn + own].Split(':');
            ulong[] arguments = [.. type[0].Select(letter => letter is 'i' or 'f' ? (uint)random.NextInt64() >> random.Next(32)
                : (ulong)random.NextInt64() >> random.Next(64))];
            ReferenceInstance reference = references[^1];
            bool callsBack = shape.Options.CallsBack || shape.Options.Library?.Options.CallsBack == true;
            // Bytecode pays for the stack that is cleared wherever somebody else used it, and that depends on how deep it is.
            bool clears = _engine == DuelEngine.Bytecode && (callsBack || shape.Options.Library != null);
            // Code without a branch, and long loops, cost more than the reference counts.
            bool costly = _engine != DuelEngine.Native && references.Any(reference => IsCostly(reference.Engine->Module));
            bool roughly = clears || costly;
            bool whole = _engine == DuelEngine.Native || roughly || callsBack;
            ulong slice = whole || random.Next(3) != 0 ? Fuel : (ulong)random.Next(1, 9);
            WasmError expected = RunReference(reference, (uint)(shape.FirstOwn + own), arguments, slice, out ulong[] wanted);
            ExecEnv* env = _stack.Env(reference.Engine, StackSlots);
            // Native code does not know who calls it: where a function counts calls, it counts the host's.
            if (_engine == DuelEngine.Native) slice += _machine.Entered;
            if (clears) slice += 2 * (_machine.Calls + 1) * (StackSlots / 16 + 1);
            if (costly || _engine == DuelEngine.Native) slice *= shape.Options.FarCode ? MostCostly : Costly;
            WasmError error = RunEngine(env, $"f{own}", arguments, slice, out ulong[] results, out ulong left);
            // What a run out of fuel did until then depends on what is counted: the reference goes on from there.
            bool open = (_engine == DuelEngine.Native || roughly) && expected == WasmError.FuelExhausted;
            string? difference = open ? null
                : error != expected ? $"{error} for {expected}"
                : !Equal(type[1], results, wanted) ? $"[{Hex(results)}] for [{Hex(wanted)}]"
                : !roughly && IsWrong(left) ? $"{left} units of fuel left for {_machine.Fuel + _machine.Later}"
                : StackDifference(env, error) ?? StateDifference(references);
            Assert.Equal(WasmError.None, ExecEnvs.Free(env));
            if (open) mirror();
            Ends[error] = Ends.GetValueOrDefault(error) + 1;
            if (difference != null) return $"f{own}({Hex(arguments)}) by {slice}: {difference}";
        }
        return null;
    }

    /// <summary>Whether so much fuel cannot be left.</summary>
    private bool IsWrong(ulong left)
    {
        ulong expected = _machine!.Fuel + _machine.Later;
        // Native code counts in its own way.
        return _engine != DuelEngine.Native && left != expected;
    }

    /// <summary>
    /// Whether code costs more than a unit a call or branch back: it holds a look at the fuel, or a function
    /// that is longer, or clears more locals, than a unit pays for.
    /// </summary>
    private static bool IsCostly(Core.Wasm.Module* m)
    {
        uint end = m->CodeSize / sizeof(ushort);
        for (uint f = m->ImportedFunctions; f < m->FunctionCount; f++)
        {
            ushort* code = RegCode.Of(m, f);
            uint units = (f + 1 < m->FunctionCount ? m->Functions[f + 1].Code : end) - m->Functions[f].Code;
            if (units > 1 << RegCode.FuelShift || code[RegCode.ZeroSlots] * sizeof(uint) >= Core.Run.Fuel.BytesPerUnit) return true;
            for (uint at = RegCode.HeaderUnits + code[RegCode.ConstSlots] * 2u; at < units; at += RegOpTable.UnitsAt(code + at))
                if ((RegOp)(byte)code[at] == RegOp.Poll) return true;
        }
        return false;
    }

    private WasmError RunReference(ReferenceInstance instance, uint function, ulong[] arguments, ulong slice, out ulong[] results)
    {
        _machine!.Frames.Clear();
        _machine.Inner.Clear();
        (_machine.Fuel, _machine.Slice, _machine.Later, _machine.Entered, _machine.Calls) = (slice, slice, Fuel - slice, 0, 0);
        _machine.Trap = WasmError.None;
        results = _machine.Enter(instance.Functions[function], arguments);
        return _machine.Trap;
    }

    /// <summary>Gives the fuel by slices and resumes in between.</summary>
    private static WasmError RunEngine(ExecEnv* env, string name, ulong[] arguments, ulong slice, out ulong[] results, out ulong left)
    {
        ulong given = slice;
        ExecEnvs.SetFuel(env, slice);
        WasmError error = Guest.Try(env, name, out results, arguments);
        while (error == WasmError.FuelExhausted && given < Fuel)
        {
            env->Fuel = Math.Min(slice, Fuel - given);
            given += env->Fuel;
            error = Guest.Resume(env, name, out results);
        }
        left = env->Fuel + Fuel - given;
        return error;
    }

    /// <summary>
    /// Frames of both, innermost first. Where fuel ended, between two instructions, the innermost one's position is open; those far out are
    /// not compared, since finding one takes as long as lowering a function, and an image has none. Native code may leave frames out, or
    /// where they are, but has no others.
    /// </summary>
    private string? StackDifference(ExecEnv* env, WasmError error)
    {
        const int Compared = 6;
        ReferenceFrame[] all = [.. _machine!.Frames, .. _machine.Inner];
        string[] expected = [.. all.Reverse().Select((f, n) => Text(f.Function.Owner.Engine->Id, f.Function.Index, f.Offset, n))];
        List<string> actual = [];
        CallFrame frame = default;
        int place = -1;
        bool fits = true;
        uint count = 0;
        for (bool more = error != WasmError.None && CallStacks.First(env, &frame); more; more = CallStacks.Next(env, &frame))
        {
            int number = (int)(count = frame.Number);
            count++;
            uint offset = _engine != DuelEngine.Bytecode
                && (_engine == DuelEngine.Native || number < Compared) ? CallStacks.WasmOffset(&frame) : ErrorInfo.Unknown;
            actual.Add(Text(frame.Instance->Id, frame.Function, offset, number));
            if (_engine != DuelEngine.Native) fits &= number < expected.Length && actual[^1] == expected[number];
            else
            {
                do place++;
                while (place < all.Length && !Stands(all[^(place + 1)], frame.Instance->Id, frame.Function, offset));
                fits &= place < all.Length;
            }
        }
        if (_engine == DuelEngine.Native && error != WasmError.None)
        {
            int reported = Math.Min(all.Length, (int)(CallStack.Innermost + CallStack.Outermost));
            NativeFrames = (NativeFrames.Found + actual.Count, NativeFrames.All + reported);
        }
        if (_engine != DuelEngine.Native) fits &= count == (error == WasmError.None ? 0 : (uint)expected.Length);
        return fits ? null : $"{error} in {string.Join(' ', actual)} for {string.Join(' ', expected)}";

        static bool Stands(ReferenceFrame f, uint instance, uint function, uint offset) =>
            f.Function.Owner.Engine->Id == instance && f.Function.Index == function && (offset == ErrorInfo.Unknown || offset == f.Offset);

        string Text(uint instance, uint function, uint offset, int depth) => $"{instance}:{function}@{(IsOpen(depth) ? 0 : offset)}";

        bool IsOpen(int depth) => _engine == DuelEngine.Bytecode
            || (_engine == DuelEngine.Interpreter && depth >= Compared) || (depth == 0 && error == WasmError.FuelExhausted);
    }

    private static string? StateDifference(List<ReferenceInstance> references)
    {
        foreach (ReferenceInstance r in references)
        {
            Instance* i = r.Engine;
            Span<byte> memory = new(i->Memory->Data, (int)i->Memory->Size);
            if (!memory.SequenceEqual(r.Memory!.Bytes)) return $"memory of {i->Id} differs at {memory.CommonPrefixLength(r.Memory.Bytes)}";
            for (uint n = 0; n < r.Globals.Length; n++)
            {
                char type = " FfIi"[i->Module->Globals[n].Type - ValType.F64 + 1];
                if (!Equal($"{type}", [Globals.Load(i, n)], [r.Globals[n].Value])) return $"global {n} of {i->Id} differs";
            }
            for (int n = 0; n < r.Tables.Length; n++)
                if (!new Span<uint>(i->Tables[n]->Elements, (int)i->Tables[n]->Size)
                    .SequenceEqual(CollectionsMarshal.AsSpan(r.Tables[n].Elements)))
                    return $"table {n} of {i->Id} differs";
        }
        return null;
    }

    private static bool Equal(string types, ulong[] a, ulong[] b) =>
        a.Length == b.Length && a.Zip(b).Zip(types).All(item => item.Second switch
    {
        'f' when float.IsNaN(BitConverter.UInt32BitsToSingle((uint)item.First.First)) =>
            float.IsNaN(BitConverter.UInt32BitsToSingle((uint)item.First.Second)),
        'F' when double.IsNaN(BitConverter.UInt64BitsToDouble(item.First.First)) =>
            double.IsNaN(BitConverter.UInt64BitsToDouble(item.First.Second)),
        _ => item.First.First == item.First.Second,
    });

    private static string Hex(ulong[] values) => string.Join(", ", values.Select(v => $"0x{v:X}"));

    private static WasmError Mix(ExecEnv* env, void* slots, void* data)
    {
        uint* s = (uint*)slots;
        ulong result = (s[0] * 31ul) + (Raw.Load64((byte*)(s + 1)) ^ 7);
        Raw.Store64((byte*)s, result);
        return WasmError.None;
    }

    private static WasmError Back(ExecEnv* env, void* slots, void* data) =>
        Core.Run.Calls.Function(env, Callee(env->Instance), (uint*)slots);

    /// <summary>Function "f0" of an instance.</summary>
    private static uint Callee(Instance* instance)
    {
        Extern item;
        fixed (byte* name = "f0"u8) Assert.Equal(WasmError.None, Instances.Export(instance, name, 2, &item));
        return item.Index;
    }

    private static WasmError Resolve(void* context, ImportRequest* request, Extern* result)
    {
        Instance* library = *(Instance**)context;
        string module = Encoding.UTF8.GetString(request->ModuleName, (int)request->ModuleLength);
        return module == "lib" ? Instances.Export(library, request->Name, request->NameLength, result) : WasmError.UnknownImport;
    }

    private byte* Keep(ReadOnlySpan<byte> bytes)
    {
        byte* copy = Copy(bytes);
        _native.Add((nint)copy);
        return copy;
    }

    private static byte* Copy(ReadOnlySpan<byte> bytes)
    {
        byte* copy = (byte*)NativeMemory.Alloc((nuint)bytes.Length);
        bytes.CopyTo(new Span<byte>(copy, bytes.Length));
        return copy;
    }
}
