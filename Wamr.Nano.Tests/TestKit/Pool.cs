// SPDX-License-Identifier: MIT
// A pool in native memory with canaries around it, and an allocator over it; its end checks that nothing leaked or was overrun.
using System;
using System.Runtime.InteropServices;
using Xunit;

namespace Wamr.Nano.Tests.TestKit;

/// <summary>
/// Allocator over a block of <c>size</c> bytes. If a test leaves blocks in it, <see cref="Dispose"/> fails the test, unless it failed
/// before.
/// </summary>
internal sealed unsafe class Pool : IDisposable
{
    private const int CanaryBytes = 64;
    private const byte Canary = 0xA5;

    private readonly FencedMemory? _fenced;
    private readonly byte* _block;
    private readonly uint _size;
    private readonly uint _usedAtStart;
    private readonly State* _state;

    /// <param name="size">Bytes the allocator gets.</param>
    /// <param name="redZones">Guard bytes around each block.</param>
    /// <param name="fenced">Nothing far and wide around the canaries can be accessed.</param>
    public Pool(uint size = 256 * 1024, bool redZones = false, bool fenced = false)
    {
        _size = size;
        _fenced = fenced ? new(size + 2 * CanaryBytes) : null;
        _block = _fenced != null ? _fenced.Start : (byte*)NativeMemory.AlignedAlloc(size + 2 * CanaryBytes, 16);
        new Span<byte>(_block, (int)size + 2 * CanaryBytes).Fill(Canary);
        _state = (State*)NativeMemory.AllocZeroed((nuint)sizeof(State));
        WasmError error = Core.Memory.Allocator.InitPool(Allocator, Start, size, null, redZones, Error);
        Assert.Equal(WasmError.None, error);
        _usedAtStart = Statistics.Used;
    }

    /// <summary>The runtime whose <see cref="Core.Run.Runtime.Allocator"/> is initialised; the rest is the test's to initialise.</summary>
    public Core.Run.Runtime* Runtime => &_state->Runtime;

    public Allocator* Allocator => &_state->Runtime.Allocator;

    /// <summary>Where allocator and runtime describe a failure.</summary>
    public ErrorInfo* Error => &_state->Runtime.Error;

    /// <summary>First byte of the pool.</summary>
    public byte* Start => _block + CanaryBytes;

    public MemoryStatistics Statistics
    {
        get
        {
            MemoryStatistics s;
            Core.Memory.Allocator.Statistics(Allocator, &s);
            return s;
        }
    }

    /// <summary>Fails the test unless as many bytes are in use as at the start, and the heap is sound.</summary>
    public void AssertNothingLeaked()
    {
        Assert.Equal(WasmError.None, Core.Memory.Allocator.Check(Allocator));
        Assert.Equal(_usedAtStart, Statistics.Used);
    }

    /// <summary>Fails the test where a byte just outside the pool was written.</summary>
    public void AssertCanaries()
    {
        Assert.Equal(-1, new Span<byte>(_block, CanaryBytes).IndexOfAnyExcept(Canary));
        Assert.Equal(-1, new Span<byte>(Start + _size, CanaryBytes).IndexOfAnyExcept(Canary));
    }

    public void Dispose()
    {
        try
        {
            if (ScopeEnd.IsFailure) return;
            AssertCanaries();
            AssertNothingLeaked();
        }
        finally
        {
            Core.Memory.Allocator.Destroy(Allocator);
            NativeMemory.Free(_state);
            if (_fenced != null) _fenced.Dispose();
            else NativeMemory.AlignedFree(_block);
        }
    }

    private struct State
    {
        public Core.Run.Runtime Runtime;
    }
}
