// SPDX-License-Identifier: MIT
// Native memory for a heap under test, between canaries that show any byte written outside.
using System;
using System.Runtime.InteropServices;
using Xunit;

namespace Wamr.Nano.Tests.TestKit;

internal sealed unsafe class PoolMemory : IDisposable
{
    private const uint Margin = 4096;
    private const byte Canary = 0xCB; // as a header: used, after a used one
    private readonly byte* _memory;

    internal PoolMemory(uint size, uint misalignment = 0)
    {
        Size = size;
        _memory = (byte*)NativeMemory.AlignedAlloc(size + misalignment + 2 * Margin, 4096);
        Start = _memory + Margin + misalignment;
        new Span<byte>(_memory, (int)(size + misalignment + 2 * Margin)).Fill(Canary);
        Error = (ErrorInfo*)NativeMemory.AllocZeroed((nuint)sizeof(ErrorInfo));
        Allocator = (Allocator*)NativeMemory.AllocZeroed((nuint)sizeof(Allocator));
        Heap = (Heap*)NativeMemory.AllocZeroed(Core.Memory.Heap.ControlSize(size));
    }

    internal byte* Start { get; }
    internal uint Size { get; }
    internal ErrorInfo* Error { get; }

    /// <summary>Place for an allocator, trusted.</summary>
    internal Allocator* Allocator { get; }

    /// <summary>Place for a heap's control structure outside the region, trusted.</summary>
    internal Heap* Heap { get; }

    internal Span<byte> Bytes => new(Start, (int)Size);

    internal MemoryStatistics Statistics
    {
        get
        {
            MemoryStatistics s;
            Core.Memory.Allocator.Statistics(Allocator, &s);
            return s;
        }
    }

    internal Allocator* InitPool(bool redZones = false)
    {
        Assert.Equal(WasmError.None, Core.Memory.Allocator.InitPool(Allocator, Start, Size, null, redZones, Error));
        return Allocator;
    }

    internal Heap* InitHeap()
    {
        Assert.Equal(WasmError.None, Core.Memory.Heap.Init(Heap, Start, Size));
        return Heap;
    }

    internal void AssertCanaries()
    {
        Assert.Equal(-1, new ReadOnlySpan<byte>(_memory, (int)(Start - _memory)).IndexOfAnyExcept(Canary));
        Assert.Equal(-1, new ReadOnlySpan<byte>(Start + Size, (int)Margin).IndexOfAnyExcept(Canary));
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_memory);
        NativeMemory.Free(Error);
        NativeMemory.Free(Allocator);
        NativeMemory.Free(Heap);
    }
}
