// SPDX-License-Identifier: MIT
// Blocks and links forged so that they look right in themselves: each is refused where it is met, before anything is written by it.
using System;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Memory;

/// <summary>
/// The heap is the middle of a guest's memory: what lies around it is the guest's to forge, too, and must not be changed.
/// </summary>
public sealed unsafe class HeapForgeryTests : IDisposable
{
    private const uint Size = 512;
    private readonly PoolMemory _memory = new(2048);
    private readonly Heap* _h;
    private readonly byte* _used, _free, _large;

    public HeapForgeryTests()
    {
        _memory.Bytes.Clear();
        _h = _memory.Heap;
        Assert.Equal(WasmError.None, Heap.Init(_h, _memory.Start + 512, Size));
        _used = Alloc(60);
        _free = Alloc(28);
        _large = Alloc(200);
        Assert.Equal(WasmError.None, Heap.Free(_h, _free));
        Assert.Equal(WasmError.None, Heap.Check(_h));
    }

    public void Dispose() => _memory.Dispose();

    private byte* Alloc(uint size) => (byte*)Heap.Alloc(_h, size, 8, 0, 0);

    private uint Offset(byte* p) => (uint)(p - _h->Base) - 4;

    private uint* Word(uint offset) => (uint*)(_h->Base + offset);

    private void ForgeFree(uint offset, uint size, uint next, uint previous)
    {
        *Word(offset + size) &= ~2u;
        *Word(offset + size - 4) = size;
        *Word(offset) = size << 1 | 2;
        *Word(offset + 4) = next;
        *Word(offset + 8) = previous;
    }

    /// <summary>Does what meets the forgery; it must poison the heap and change nothing outside.</summary>
    private void AssertRefused(Func<WasmError> meet)
    {
        byte[] all = _memory.Bytes.ToArray();
        Assert.Equal(WasmError.HeapCorrupted, meet());
        Assert.Equal(WasmError.HeapCorrupted, _h->Error);
        Assert.True(all.AsSpan(0, 512).SequenceEqual(_memory.Bytes[..512]), "changed before the heap");
        Assert.True(all.AsSpan(512 + (int)Size).SequenceEqual(_memory.Bytes[(512 + (int)Size)..]), "changed behind the heap");
        Assert.True(Alloc(1) == null);
    }

    private WasmError AllocFails(uint size) => Alloc(size) == null ? _h->Error : WasmError.None;

    [Fact]
    public void A_used_block_beyond_the_end()
    {
        *Word(Offset(_large)) = 440 << 1 | 1;
        *Word(Offset(_large) + 440) = 3;
        AssertRefused(() => Heap.Free(_h, _large));
    }

    [Fact]
    public void A_free_block_beyond_the_end()
    {
        uint rest = Offset(_large) + 208;
        ForgeFree(rest, 400, 0, 0);
        AssertRefused(() => AllocFails(300));
    }

    [Fact]
    public void A_free_neighbour_beyond_the_end()
    {
        ForgeFree(Offset(_large) + 208, 400, 0, 0);
        AssertRefused(() => Heap.Free(_h, _large));
    }

    [Fact]
    public void A_closing_header_that_says_free()
    {
        byte* p = Alloc(Heap.LargestFree(_h));
        ForgeFree(_h->End, 64, 0, 0);
        *Word(_h->End) |= 2;
        AssertRefused(() => Heap.Free(_h, p));
    }

    [Fact]
    public void A_free_block_before_the_region()
    {
        *Word(Offset(_used)) &= ~2u;
        *(uint*)_h->Base = 64;
        *(uint*)(_h->Base + 4 - 64) = 64 << 1 | 2;
        AssertRefused(() => Heap.Free(_h, _used));
    }

    [Fact]
    public void A_previous_block_that_is_not_there()
    {
        *Word(Offset(_large)) &= ~2u;
        *Word(Offset(_large) - 4) = 24; // the free block there has 32
        AssertRefused(() => Heap.Free(_h, _large));
    }

    [Fact]
    public void A_misaligned_free_block()
    {
        ForgeFree(Offset(_large) + 6, 64, 0, Offset(_free));
        *Word(Offset(_free) + 4) = Offset(_large) + 6;
        AssertRefused(() => AllocFails(28));
    }

    [Fact]
    public void A_link_to_a_used_block()
    {
        *Word(Offset(_large) + 8) = Offset(_free);
        *Word(Offset(_free) + 4) = Offset(_large);
        AssertRefused(() => AllocFails(28));
    }

    [Fact]
    public void A_link_to_a_free_block_forged_in_a_used_one()
    {
        ForgeFree(Offset(_large) + 16, 64, 0, 0);
        *Word(Offset(_free) + 4) = Offset(_large) + 16;
        AssertRefused(() => AllocFails(28));
    }

    /// <summary>Makes the large block three: used, free, used. All headers agree, only the bin does not know.</summary>
    private void ForgeFreeInLarge(uint previous)
    {
        uint offset = Offset(_large);
        *Word(offset) = 64 << 1 | 1;
        ForgeFree(offset + 64, 80, 0, previous);
        *Word(offset + 144) = 64 << 1 | 1;
    }

    [Fact]
    public void A_free_neighbour_that_no_bin_holds()
    {
        ForgeFreeInLarge(0);
        AssertRefused(() => Heap.Free(_h, _large));
    }

    [Fact]
    public void A_free_neighbour_listed_behind_a_block_that_does_not_know_it()
    {
        ForgeFreeInLarge(Offset(_free));
        AssertRefused(() => Heap.Free(_h, _large + 144));
    }

    [Fact]
    public void A_bin_that_runs_in_a_circle()
    {
        *Word(Offset(_free) + 4) = Offset(_free);
        AssertRefused(() => AllocFails(36));
    }

    [Fact]
    public void A_bin_that_runs_in_a_circle_of_two()
    {
        uint second = Offset(_large) + 16;
        ForgeFree(second, 32, Offset(_free), Offset(_free));
        *Word(Offset(_free) + 4) = second;
        *Word(Offset(_free) + 8) = second;
        AssertRefused(() => AllocFails(28));
    }
}
