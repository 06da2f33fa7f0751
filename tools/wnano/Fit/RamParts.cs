// SPDX-License-Identifier: MIT
// The contents of a pool after the app's run: bytes by part, with what the allocator adds.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.Tool.Fit;

internal enum RamPart
{
    Runtime,
    HostFunctions,
    Module,
    Code,
    Instance,
    Tables,
    LinearMemory,
    ExecEnv,
    OperandStack,
    Allocator,

    /// <summary>What is given back: while loading, while a memory is moved to where it can grow; and holes.</summary>
    Passing,
}

internal static unsafe class RamParts
{
    private const uint HeaderBytes = 4, MinBlock = 16;

    /// <summary>The parts of a pool, in the order of <see cref="RamPart"/>; they add up to it.</summary>
    /// <param name="translation">The allocations.</param>
    /// <param name="layout">Their machine.</param>
    /// <param name="poolBytes">The smallest pool for them.</param>
    internal static IReadOnlyDictionary<RamPart, uint> Of(Translation translation, Layout layout, uint poolBytes)
    {
        SortedDictionary<RamPart, uint> parts = new() { [RamPart.Runtime] = layout.Runtime };
        IReadOnlyDictionary<int, uint> blocks = Fullest(translation.Allocations);
        foreach ((int block, uint bytes) in blocks)
        {
            RamPart part = translation.PartOf(block);
            parts[part] = parts.GetValueOrDefault(part) + bytes;
        }
        if (parts.TryGetValue(RamPart.ExecEnv, out uint env))
        {
            parts[RamPart.ExecEnv] = layout.ExecEnv;
            parts[RamPart.OperandStack] = env - layout.ExecEnv;
        }
        uint control = layout.Heap + Heap.ControlSize(poolBytes - layout.Runtime) - Layout.Host.Heap + sizeof(uint);
        parts[RamPart.Allocator] = control + (uint)blocks.Values.Sum(bytes => Footprint(bytes) - bytes);
        parts[RamPart.Passing] = poolBytes - (uint)parts.Where(part => part.Key != RamPart.Passing).Sum(part => part.Value);
        return parts;
    }

    /// <summary>Bytes that a block takes from a pool.</summary>
    internal static uint Footprint(uint bytes) => Math.Max(MinBlock, (bytes + HeaderBytes + 7) & ~7u);

    /// <summary>The blocks that are alive, once the module is loaded, when they take most.</summary>
    private static Dictionary<int, uint> Fullest(IReadOnlyList<Allocation> allocations)
    {
        Dictionary<int, uint> live = [], fullest = [];
        long used = 0, most = 0;
        foreach (Allocation a in allocations)
        {
            if (live.Remove(a.Block, out uint before)) used -= Footprint(before);
            if (a.Kind != AllocationKind.Free)
            {
                live[a.Block] = a.Bytes;
                used += Footprint(a.Bytes);
            }
            if (a.Phase == Phase.Load || used < most) continue;
            most = used;
            fullest = new(live);
        }
        return fullest;
    }
}
