// SPDX-License-Identifier: MIT
// Turns the comparisons that ILCompiler makes of a switch on 32-bit Arm into a jump by a table, in place.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Wamr.Nano.Xip.Elf;

namespace Wamr.Nano.Tool.Measure;

/// <summary>
/// ILCompiler has no jump tables on this processor: a switch is <c>cmp r, #last; bhi other</c> and, for each case, <c>cmp r, #n; beq
/// case</c>. An interpreter's loop would go through a hundred of them for each instruction. They take more room than a table, so the table
/// goes where they were, and nothing moves.
/// </summary>
internal static class SwitchTables
{
    private const string CodeSection = "__managedcode";
    private const int FewestCases = 4;

    /// <summary>Rewrites an object file.</summary>
    /// <returns>How many switches got a table.</returns>
    internal static int Rewrite(string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        ElfFile elf = new(bytes, file);
        ElfSection section = elf.Section(CodeSection) ?? throw new InvalidDataException($"{file} has no section {CodeSection}");
        Span<byte> code = bytes.AsSpan((int)section.Offset, (int)section.Size);
        int tables = 0;
        foreach (ElfSymbol function in elf.Symbols.Where(symbol => symbol.IsFunction && elf.IsIn(section, symbol)))
            tables += Rewrite(code.Slice((int)function.Address, (int)function.Size));
        File.WriteAllBytes(file, bytes);
        return tables;
    }

    /// <summary>Rewrites a function.</summary>
    internal static int Rewrite(Span<byte> code)
    {
        List<Chain> chains = [];
        HashSet<int> targets = [];
        for (int at = 0; at < code.Length; at += Thumb.Size(code, at))
        {
            if (Find(code, at) is Chain chain) chains.Add(chain);
            if (Thumb.Target(code, at) is int target) targets.Add(target);
        }
        int tables = 0;
        foreach (Chain chain in chains)
            if (!targets.Any(target => target >= chain.Start && target < chain.End) && Place(code, chain)) tables++;
        return tables;
    }

    /// <summary>
    /// Cases by value, one after the other from <see cref="Start"/> to <see cref="End"/>, behind a test for what is above the last.
    /// </summary>
    private sealed record Chain(int Start, int End, int Register, int Last, SortedDictionary<int, int> Cases);

    private static Chain? Find(ReadOnlySpan<byte> code, int at)
    {
        if (!IsPair(code, at, Thumb.Higher, out int register, out int last, out _, out int start)) return null;
        SortedDictionary<int, int> cases = [];
        int end = start;
        while (IsPair(code, end, Thumb.Equal, out int same, out int value, out int target, out int next) && same == register
            && value <= last)
        {
            if (!cases.TryAdd(value, target)) break;
            end = next;
        }
        return cases.Count >= FewestCases ? new(start, end, register, last, cases) : null;
    }

    /// <summary>A comparison with a number, and the branch on its outcome.</summary>
    private static bool IsPair(ReadOnlySpan<byte> code, int at, int wanted, out int register, out int value, out int target, out int next)
    {
        register = value = target = next = 0;
        if (at + 2 > code.Length || at + Thumb.Size(code, at) + 2 > code.Length || !Thumb.IsCompare(code, at, out register, out value))
            return false;
        int branch = at + Thumb.Size(code, at);
        if (!Thumb.IsConditional(code, branch, out int condition, out target)) return false;
        next = branch + Thumb.Size(code, branch);
        return condition == wanted;
    }

    /// <summary>
    /// Overwrites the comparisons with the table, followed by a branch to each case that lies before it. False if there is no room.
    /// </summary>
    private static bool Place(Span<byte> code, Chain chain)
    {
        const int branchSize = 4, farthest = ushort.MaxValue * 2;
        int table = chain.Start + Thumb.PcAhead, stub = table + (chain.Last + 1) * 2;
        Dictionary<int, int> stubs = [];
        foreach (int target in chain.Cases.Values.Distinct().Where(target => target < chain.Start || target - table > farthest))
        {
            stubs.Add(target, stub);
            stub += branchSize;
        }
        if (stub > chain.End) return false;
        Thumb.PutTableBranch(code, chain.Start, chain.Register);
        for (int value = 0; value <= chain.Last; value++)
        {
            int target = chain.Cases.GetValueOrDefault(value, chain.End);
            Thumb.Put(code, table + value * 2, (stubs.GetValueOrDefault(target, target) - table) / 2);
        }
        foreach ((int target, int from) in stubs) Thumb.PutBranch(code, from, target);
        for (int at = stub; at < chain.End; at += 2) Thumb.Put(code, at, Thumb.Undefined);
        return true;
    }
}
