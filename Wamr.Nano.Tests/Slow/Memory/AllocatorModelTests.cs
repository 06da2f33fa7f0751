// SPDX-License-Identifier: MIT
// A million random operations a seed against a model: contents, statistics after each, failures only where nothing fits.
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Memory;

public class AllocatorModelTests
{
    private const int Operations = 1_000_000;

    [Theory]
    [InlineData(600, 0)]
    [InlineData(4096, 0)]
    [InlineData(65536, 0)]
    [InlineData(1 << 20, 0)]
    [InlineData(3000, 2000)]
    public void Random_operations_agree_with_the_model(uint size, uint secondRegion)
    {
        for (uint seed = 1; seed <= 10; seed++)
        {
            using Model model = new(size, secondRegion, false, seed);
            model.Run(Operations);
        }
    }

    [Theory]
    [InlineData(1200)]
    [InlineData(20000)]
    public void Random_operations_with_red_zones_agree_with_the_model(uint size)
    {
        for (uint seed = 1; seed <= 10; seed++)
        {
            using Model model = new(size, 0, true, seed);
            model.Run(Operations / 10);
        }
    }

    private unsafe struct Live
    {
        public byte* P;
        public uint Size;
        public uint Id;
        public MemoryCategory Category;
    }

    private sealed unsafe class Model : IDisposable
    {
        private readonly PoolMemory _first;
        private readonly PoolMemory? _second;
        private readonly Allocator* _a;
        private readonly uint _overhead;
        private readonly uint _zones;
        private readonly uint _longest;
        private readonly int _walkEvery;
        private readonly Live[] _live;
        private readonly List<Block> _blocks = [];
        private readonly MemoryUse[] _use = new MemoryUse[5];
        private int _count;
        private uint _random;
        private uint _nextId;

        public Model(uint size, uint secondRegion, bool redZones, uint seed)
        {
            _first = new PoolMemory(size, seed % 8);
            _a = _first.InitPool(redZones);
            if (secondRegion != 0)
            {
                _second = new PoolMemory(secondRegion, (seed + 3) % 8);
                Assert.Equal(WasmError.None, Allocator.AddRegion(_a, _second.Start, secondRegion));
            }
            _zones = redZones ? 12u : 0;
            _overhead = _first.Statistics.Used;
            _random = seed * 0x9E3779B9;
            _longest = Math.Min(size / 4, 4096);
            _walkEvery = size <= 600 ? (seed <= 3 ? 1 : 8) : size <= 4096 ? 16 : size <= 65536 ? 1024 : 16384;
            _live = new Live[size / 40 + 4];
            Count(0, _overhead);
            AssertAgrees();
        }

        public void Run(int operations)
        {
            for (int i = 1; i <= operations; i++)
            {
                Step();
                AssertStatistics();
                if (i % _walkEvery == 0) AssertAgrees();
            }
            Assert.Equal(WasmError.None, Allocator.Check(_a));
            while (_count != 0) Free(_count - 1);
            AssertAgrees();
            Assert.Equal(_overhead, _first.Statistics.Used);
            _first.AssertCanaries();
            _second?.AssertCanaries();
        }

        private void Step()
        {
            uint r = Next(16);
            if (_count == _live.Length || r < 6 && _count != 0) Free((int)Next((uint)_count));
            else if (r < 9 && _count != 0) Realloc((int)Next((uint)_count));
            else Alloc(r == 15 ? 16u << (int)Next(5) : 8);
        }

        private void Alloc(uint alignment)
        {
            uint size = AnySize();
            MemoryCategory category = (MemoryCategory)Next(4);
            byte* p = (byte*)Allocator.AllocAligned(_a, size, alignment, category);
            if (p == null)
            {
                AssertNoRoom(size, alignment);
                return;
            }
            Assert.Equal(0u, (uint)p & (alignment - 1));
            _live[_count] = new Live { P = p, Size = size, Category = category, Id = _nextId++ };
            Count((int)category, Footprint(p, size));
            Stamp(_live[_count++]);
        }

        private void Free(int i)
        {
            Live live = _live[i];
            AssertStamp(live, live.Size);
            uint footprint = Footprint(live.P, live.Size);
            Assert.Equal(WasmError.None, Allocator.Free(_a, live.P));
            Count((int)live.Category, 0 - footprint);
            _live[i] = _live[--_count];
        }

        private void Realloc(int i)
        {
            Live live = _live[i];
            uint size = AnySize();
            uint before = Footprint(live.P, live.Size);
            byte* p = (byte*)Allocator.Realloc(_a, live.P, size);
            if (p == null)
            {
                Assert.True(size > live.Size, "making a block smaller failed");
                AssertNoRoom(size, 8);
                return;
            }
            uint after = Footprint(p, size);
            if (p != live.P) Count((int)live.Category, after);
            Count((int)live.Category, p != live.P ? 0 - before : after - before);
            live.P = p;
            AssertStamp(live, Math.Min(size, live.Size));
            live.Size = size;
            Stamp(live);
            _live[i] = live;
        }

        /// <summary>Header and rounding are known beforehand, but for 8 bytes that may stay with a block as they cannot be one.</summary>
        private uint Footprint(byte* p, uint size)
        {
            uint real = Heap.SizeOf(p - (_zones == 0 ? 0 : 8));
            uint need = Math.Max(16, (size + _zones + 4 + 7) & ~7u);
            if (real != need && real != need + 8) Assert.Fail($"{size} bytes take {real}");
            return real;
        }

        private void AssertNoRoom(uint size, uint alignment)
        {
            ErrorInfo error = *_a->Error;
            Assert.Equal(WasmError.OutOfMemory, error.Code);
            Assert.Equal(size, error.Asked);
            Assert.Equal(_a->Total - _use[4].Used, error.Free);
            if (alignment == 8) Assert.True(error.Largest < size || error.Largest == 0);
            if (_a->Total > 10000 || _zones != 0 || _a->Total > 600 && Next(8) != 0) return;
            Read();
            Assert.False(HeapWalk.HasRoom(_blocks, size, alignment));
        }

        private void AssertStatistics()
        {
            bool agree = _a->Total == _first.Size + (_second?.Size ?? 0)
                && Same(_a->Runtime, 0) && Same(_a->Module, 1) && Same(_a->Instance, 2) && Same(_a->ExecEnv, 3) && Same(_a->All, 4);
            if (!agree) Assert.Fail("statistics differ from the model");
        }

        private bool Same(MemoryUse use, int category) => use.Used == _use[category].Used && use.HighWater == _use[category].HighWater;

        /// <summary>Blocks of the regions are those of the model and, now and then, the largest free one is what statistics say.</summary>
        private void AssertAgrees()
        {
            Read();
            int used = 0;
            foreach (Block b in _blocks)
                if (b.Used) used++;
            if (used != _count) Assert.Fail($"{used} used blocks, {_count} in the model");
            for (int i = 0; i < _count; i++) AssertListed(_live[i]);
            if (Next(8) != 0) return;
            uint largest = HeapWalk.Largest(_blocks);
            MemoryStatistics s = _first.Statistics;
            Assert.Equal((_use[4].Used, _use[4].HighWater), (s.Used, s.HighWater));
            Assert.Equal(largest > _zones ? largest - _zones : 0, s.LargestFree);
        }

        private void AssertListed(Live live)
        {
            nint address = (nint)live.P - (_zones == 0 ? 0 : 8);
            int i = CollectionsMarshal.AsSpan(_blocks).BinarySearch(new Place(address));
            if (i < 0 || !_blocks[i].Used || _blocks[i].Tag != (uint)live.Category) Assert.Fail($"block {live.Id} is not in the heap");
        }

        /// <summary>Finds a block by its address among blocks in order.</summary>
        private readonly struct Place(nint address) : IComparable<Block>
        {
            public int CompareTo(Block other) => address.CompareTo(other.Address);
        }

        private void Read()
        {
            _blocks.Clear();
            for (Heap* h = _a->Regions; h != null; h = h->Next) HeapWalk.Read(h, _blocks);
            if (_second != null) _blocks.Sort((x, y) => x.Address.CompareTo(y.Address));
        }

        private void Count(int category, uint bytes)
        {
            foreach (int i in (ReadOnlySpan<int>)[category, 4])
            {
                _use[i].Used += bytes;
                _use[i].HighWater = Math.Max(_use[i].HighWater, _use[i].Used);
            }
        }

        /// <summary>Marks both ends of a block, all of a short one.</summary>
        private static void Stamp(Live live)
        {
            for (uint i = 0; i < live.Size; i = Following(i, live.Size)) live.P[i] = (byte)(live.Id + i);
        }

        private static void AssertStamp(Live live, uint size)
        {
            for (uint i = 0; i < size; i = Following(i, live.Size))
                if (live.P[i] != (byte)(live.Id + i)) Assert.Fail($"byte {i} of {live.Size} changed");
        }

        private static uint Following(uint i, uint size) => i == 15 && size > 32 ? size - 8 : i + 1;

        private uint AnySize() => Next(8) switch
        {
            0 => Next(_longest),
            1 or 2 => Next(200),
            _ => Next(48),
        };

        private uint Next(uint below)
        {
            _random ^= _random << 13;
            _random ^= _random >> 17;
            _random ^= _random << 5;
            return _random % below;
        }

        public void Dispose()
        {
            _first.Dispose();
            _second?.Dispose();
        }
    }
}
