// SPDX-License-Identifier: MIT
// An instance with 256 bytes of memory on a platform whose streams, clocks and randomness a test can see and set.
using System;
using System.Runtime.InteropServices;
using System.Text;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.WasiPreview1;

/// <summary>Calls WASI functions directly, with argument slots.</summary>
internal sealed unsafe class WasiWorld : IDisposable
{
    public const uint MemoryBytes = 256;

    private readonly Host* _host = (Host*)NativeMemory.AllocZeroed((nuint)sizeof(Host));
    private readonly ProgramArguments* _arguments = (ProgramArguments*)NativeMemory.AllocZeroed((nuint)sizeof(ProgramArguments));
    private readonly byte** _strings = (byte**)NativeMemory.AllocZeroed(8, (nuint)sizeof(byte*));

    /// <param name="args">At most 4, as <paramref name="environ"/>.</param>
    /// <param name="environ">Environment variables.</param>
    /// <param name="bare">The platform has no hooks at all.</param>
    /// <param name="kind">What its streams are.</param>
    public WasiWorld(string[]? args = null, string[]? environ = null, bool bare = false, StreamKind kind = StreamKind.Terminal)
    {
        _arguments->StreamKinds = (uint)kind * 0b010101;
        PlatformHooks platform = new()
        {
            Context = _host, Write = &OnWrite, Read = &OnRead, Clock = &OnClock, Random = &OnRandom, Sleep = &OnSleep, ClockResolution = 50,
        };
        World = new World(platform: bare ? default : platform);
        _host->WriteLimit = uint.MaxValue;
        _arguments->Args = _strings;
        _arguments->Environ = _strings + 4;
        foreach (string text in args ?? []) _strings[_arguments->ArgCount++] = World.Text(text);
        foreach (string text in environ ?? []) _strings[4 + _arguments->EnvironCount++] = World.Text(text);
        Assert.Equal(WasmError.None, WasiModule.Register(World.Rt));
        ModuleBuilder m = new();
        m.Memory(MemoryBytes, pageOfOneByte: true);
        Env = World.Env(World.Instantiate(m,
            args: new InstantiateArgs { Wasi = args == null && environ == null && kind == StreamKind.Terminal ? null : _arguments }));
    }

    /// <summary>What the platform's hooks saw and what they answer.</summary>
    public struct Host
    {
        public fixed byte Output[64];
        public uint Written, LastStream, WriteLimit;
        public fixed byte Input[16];
        public uint InputSize, InputRead;
        public ulong Now0, Now1, Slept;
        public uint RandomCalls;
        public byte RandomFails;

        /// <summary>Terminated while it sleeps; null for none.</summary>
        public ExecEnv* Terminates;
    }

    public World World { get; }

    public ExecEnv* Env { get; }

    public Host* Seen => _host;

    public Span<byte> Memory => new(Env->Instance->Memory->Data, (int)MemoryBytes);

    public string Output => Encoding.UTF8.GetString(_host->Output, (int)_host->Written);

    public void SetInput(string text)
    {
        Encoding.UTF8.GetBytes(text, new Span<byte>(_host->Input, 16));
        _host->InputSize = (uint)text.Length;
    }

    /// <summary>The function's error number; a trap fails the test.</summary>
    public int Call(WasiFunction function, params ReadOnlySpan<uint> arguments) => Call(function, 0, arguments);

    /// <summary>The same of preview 0.</summary>
    public int CallUnstable(WasiFunction function, params ReadOnlySpan<uint> arguments) => Call(function, 8, arguments);

    private int Call(WasiFunction function, uint skew, ReadOnlySpan<uint> arguments)
    {
        uint* slots = stackalloc uint[12];
        arguments.CopyTo(new Span<uint>(slots, 12));
        Assert.Equal(WasmError.None, WasiModule.Serve(Env, slots, function, skew));
        return (int)slots[0];
    }

    public uint Load(uint address) => BitConverter.ToUInt32(Memory[(int)address..]);

    public ulong Load64(uint address) => BitConverter.ToUInt64(Memory[(int)address..]);

    public void Store(uint address, params ReadOnlySpan<uint> values)
    {
        foreach (uint value in values)
        {
            BitConverter.TryWriteBytes(Memory[(int)address..], value);
            address += 4;
        }
    }

    public void Store(uint address, string text) => Encoding.UTF8.GetBytes(text, Memory[(int)address..]);

    public string Text(uint address, int length) => Encoding.UTF8.GetString(Memory.Slice((int)address, length));

    public void Dispose()
    {
        World.Dispose();
        NativeMemory.Free(_host);
        NativeMemory.Free(_arguments);
        NativeMemory.Free(_strings);
    }

    private static uint OnWrite(void* context, uint stream, byte* bytes, uint size)
    {
        Host* host = (Host*)context;
        host->LastStream = stream;
        size = Math.Min(size, host->WriteLimit);
        for (uint n = 0; n < size; n++) host->Output[host->Written++] = bytes[n];
        return size;
    }

    private static uint OnRead(void* context, byte* bytes, uint size)
    {
        Host* host = (Host*)context;
        uint n = 0;
        for (; n < size && host->InputRead < host->InputSize; n++) bytes[n] = host->Input[host->InputRead++];
        return n;
    }

    private static ulong OnClock(void* context, uint clock) => clock == 0 ? ((Host*)context)->Now0 : ((Host*)context)->Now1;

    private static byte OnRandom(void* context, byte* bytes, uint size)
    {
        Host* host = (Host*)context;
        host->RandomCalls++;
        for (uint n = 0; n < size; n++) bytes[n] = (byte)(0xA0 + n);
        return host->RandomFails == 0 ? (byte)1 : (byte)0;
    }

    private static void OnSleep(void* context, ulong nanoseconds)
    {
        Host* host = (Host*)context;
        host->Slept += nanoseconds;
        if (host->Terminates != null) host->Terminates->Terminate = 1;
    }
}
