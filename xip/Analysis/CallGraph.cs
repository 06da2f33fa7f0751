// SPDX-License-Identifier: MIT
// Which functions may call which, which lie on a cycle, and which must check fuel and stack on entry.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.Xip.Analysis;

/// <summary>The call graph of the module's own functions. An indirect call may reach every function that a reference is made to.</summary>
internal sealed class CallGraph
{
    /// <summary>The most calls between two polls in code without loops.</summary>
    private const long MaxUnpolled = 64;

    private readonly int[][] _callees;
    private readonly int[] _order;

    /// <param name="callees">For each function, the functions it may call, one entry per call.</param>
    internal CallGraph(int[][] callees)
    {
        _callees = callees;
        _order = new int[callees.Length];
        OnCycle = new bool[callees.Length];
        Component = new int[callees.Length];
        Components();
        PollsOnEntry = Polls();
    }

    /// <summary>Whether a function may call itself, directly or through others.</summary>
    internal bool[] OnCycle { get; }

    /// <summary>
    /// The number of a function's group. Functions that may call each other, directly or through others, have the same number.
    /// </summary>
    internal int[] Component { get; }

    /// <summary>Whether a function counts its call: if it is on a cycle, or if too many calls could otherwise run without a poll.</summary>
    internal bool[] PollsOnEntry { get; }

    /// <summary>The functions in an order in which callees come before callers, except on cycles.</summary>
    internal IReadOnlyList<int> CalleesFirst => _order;

    internal IReadOnlyList<int> Callees(int function) => _callees[function];

    /// <summary>Tarjan's algorithm with an explicit stack, because the module decides how deep the graph is.</summary>
    private void Components()
    {
        int count = _callees.Length, next = 1, ordered = 0;
        int[] number = new int[count], low = new int[count], position = new int[count];
        bool[] open = new bool[count];
        Stack<int> path = new(), members = new();
        for (int root = 0; root < count; root++)
        {
            if (number[root] != 0) continue;
            path.Push(root);
            while (path.Count != 0)
            {
                int f = path.Peek();
                if (number[f] == 0)
                {
                    number[f] = low[f] = next++;
                    members.Push(f);
                    open[f] = true;
                }
                bool deeper = false;
                while (position[f] < _callees[f].Length)
                {
                    int callee = _callees[f][position[f]];
                    if (number[callee] == 0)
                    {
                        path.Push(callee);
                        deeper = true;
                        break;
                    }
                    if (open[callee]) low[f] = Math.Min(low[f], low[callee]);
                    OnCycle[f] |= callee == f;
                    position[f]++;
                }
                if (deeper) continue;
                path.Pop();
                if (low[f] != number[f]) continue;
                int size = 0, member;
                do
                {
                    member = members.Pop();
                    open[member] = false;
                    Component[member] = f;
                    _order[ordered++] = member;
                    size++;
                }
                while (member != f);
                for (int k = ordered - size; size > 1 && k < ordered; k++) OnCycle[_order[k]] = true;
            }
        }
    }

    private bool[] Polls()
    {
        bool[] polls = (bool[])OnCycle.Clone();
        long[] calls = new long[_callees.Length];
        foreach (int f in _order)
        {
            calls[f] = 1 + _callees[f].Sum(callee => polls[callee] ? 1 : calls[callee]);
            polls[f] |= calls[f] > MaxUnpolled;
        }
        return polls;
    }
}
