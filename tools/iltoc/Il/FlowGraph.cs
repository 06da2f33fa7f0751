// SPDX-License-Identifier: MIT
// The basic blocks of a method, in IL order, without unreachable ones.
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.IlToC;

internal sealed class Block(int index, int start, List<Instruction> code)
{
    internal int Index { get; } = index;
    internal int Start { get; } = start;
    internal List<Instruction> Code { get; } = code;
    internal List<Block> Successors { get; } = [];
    internal Instruction Last => Code[^1];
}

internal sealed class FlowGraph
{
    private readonly Dictionary<int, Block> byOffset = [];

    internal FlowGraph(List<Instruction> code)
    {
        var leaders = new SortedSet<int> { 0 };
        foreach (var i in code.Where(i => i.EndsBlock))
        {
            leaders.Add(i.Next);
            if (i.IsBranch) leaders.Add(i.Target);
            leaders.UnionWith(i.Targets);
        }
        var all = Split(code, leaders);
        foreach (var block in all) byOffset[block.Start] = block;
        foreach (var block in all) Link(block);
        Blocks = Reachable(all);
    }

    /// <summary>Reachable blocks in IL order; the first is the entry.</summary>
    internal List<Block> Blocks { get; }

    internal Block At(int offset) => byOffset[offset];

    private static List<Block> Split(List<Instruction> code, SortedSet<int> leaders)
    {
        var all = new List<Block>();
        var current = new List<Instruction>();
        foreach (var i in code)
        {
            if (current.Count > 0 && leaders.Contains(i.Offset))
            {
                all.Add(new Block(all.Count, current[0].Offset, current));
                current = [];
            }
            current.Add(i);
        }
        if (current.Count > 0) all.Add(new Block(all.Count, current[0].Offset, current));
        return all;
    }

    private void Link(Block block)
    {
        var last = block.Last;
        if (last.IsBranch) block.Successors.Add(At(last.Target));
        foreach (int target in last.Targets) block.Successors.Add(At(target));
        if (last.FallsThrough && byOffset.TryGetValue(last.Next, out var next)) block.Successors.Add(next);
    }

    private static List<Block> Reachable(List<Block> all)
    {
        var seen = new HashSet<Block> { all[0] };
        var work = new Stack<Block>(seen);
        while (work.TryPop(out var block))
            foreach (var next in block.Successors)
                if (seen.Add(next)) work.Push(next);
        return [.. all.Where(seen.Contains)];
    }
}
