// SPDX-License-Identifier: MIT
// Random allocations in the board's memory: no block overlaps another or loses its contents, each failure is reported, nothing is leaked.
// The plan's slots say how: red zones (0 or 1), and the largest alignment as a power of two above 8.

namespace Wamr.Nano.Boards;

internal static unsafe class AllocatorDrill
{
    private const uint Operations = 20_000, MaxLive = 48, NoPool = 3;

    private struct Block
    {
        internal byte* At;
        internal uint Size;
        internal byte Id;
    }

    private struct State
    {
        internal Allocator Pool;
        internal ErrorInfo Error;
        internal MemoryRegion Region;
        internal MemoryHooks Hooks;
        internal uint Alignments;
        internal uint Count;
        internal uint Random;
        internal uint Refused;
        internal uint Wrong;
        internal uint Digest;
    }

    internal static uint Run()
    {
        RunPlan* plan = RunPlan.Get();
        Block* blocks = (Block*)plan->Regions->Start;
        uint own = (MaxLive * (uint)sizeof(Block) + 7) & ~7u;
        State d = default;
        d.Region.Start = plan->Regions->Start + own;
        d.Region.Bytes = plan->Regions->Bytes - own;
        d.Alignments = plan->Slots[1] + 1;
        d.Random = 0x9E3779B9;
        if (BoardMemory.Init(&d.Pool, &d.Region, &d.Hooks, plan->Slots[0] != 0, &d.Error) != WasmError.None) return NoPool;
        MemoryStatistics before, after;
        Allocator.Statistics(&d.Pool, &before);
        for (uint i = 0; i < Operations; i++) Step(&d, blocks);
        while (d.Count != 0) Free(&d, blocks, d.Count - 1);
        Allocator.Statistics(&d.Pool, &after);
        if (after.Used != before.Used || after.LargestFree != before.LargestFree) d.Wrong++;
        Console.Text("\x1Ewn:drill"u8);
        Console.Field("refused"u8, d.Refused);
        Console.Field("wrong"u8, d.Wrong);
        Console.Field("high"u8, after.HighWater);
        Console.Field("digest"u8, d.Digest);
        Console.NewLine();
        return 0;
    }

    private static void Step(State* d, Block* blocks)
    {
        uint r = Next(d, 16);
        if (d->Count == MaxLive || r < 5 && d->Count != 0) Free(d, blocks, Next(d, d->Count));
        else if (r < 8 && d->Count != 0) Resize(d, blocks + Next(d, d->Count));
        else Allocate(d, blocks + d->Count, r);
        if (Allocator.Check(&d->Pool) != WasmError.None) d->Wrong++;
    }

    private static void Allocate(State* d, Block* block, uint r)
    {
        uint size = AnySize(d), alignment = 8u << (int)Next(d, d->Alignments);
        void* p = r == 15 ? Allocator.AllocTransient(&d->Pool, size, MemoryCategory.Module)
            : Allocator.AllocAligned(&d->Pool, size, alignment, MemoryCategory.Instance);
        if (!Given(d, p, size, r == 15 ? 8 : alignment)) return;
        block->At = (byte*)p;
        block->Size = size;
        block->Id = (byte)Next(d, 256);
        Stamp(block);
        d->Count++;
    }

    private static void Resize(State* d, Block* block)
    {
        uint size = AnySize(d);
        void* p = Allocator.Realloc(&d->Pool, block->At, size);
        if (p == null && size <= block->Size) d->Wrong++;
        if (!Given(d, p, size, 8)) return;
        block->At = (byte*)p;
        CheckStamp(d, block, size < block->Size ? size : block->Size);
        block->Size = size;
        Stamp(block);
    }

    private static void Free(State* d, Block* blocks, uint i)
    {
        CheckStamp(d, blocks + i, blocks[i].Size);
        if (Allocator.Free(&d->Pool, blocks[i].At) != WasmError.None) d->Wrong++;
        blocks[i] = blocks[--d->Count];
    }

    /// <summary>Whether there is a block. If so, it lies in the pool and is aligned; if not, the error has the requested size.</summary>
    private static bool Given(State* d, void* p, uint size, uint alignment)
    {
        if (p == null)
        {
            d->Refused++;
            if (d->Error.Code != WasmError.OutOfMemory || d->Error.Asked != size) d->Wrong++;
            return false;
        }
        if (!BoardMemory.Holds(&d->Region, (byte*)p, size) || ((nuint)p & (alignment - 1)) != 0) d->Wrong++;
        d->Digest = d->Digest * 31 + (uint)((byte*)p - d->Region.Start);
        return true;
    }

    private static void Stamp(Block* block)
    {
        for (uint i = 0; i < block->Size; i++) block->At[i] = (byte)(block->Id + i);
    }

    private static void CheckStamp(State* d, Block* block, uint size)
    {
        for (uint i = 0; i < size; i++)
            if (block->At[i] != (byte)(block->Id + i))
            {
                d->Wrong++;
                return;
            }
    }

    private static uint AnySize(State* d) => Next(d, 8) == 0 ? Next(d, 600) : Next(d, 64);

    private static uint Next(State* d, uint below)
    {
        uint x = d->Random;
        x ^= x << 13;
        x ^= x >> 17;
        x ^= x << 5;
        d->Random = x;
        return x % below;
    }
}
