// SPDX-License-Identifier: MIT
// Counts of a profiled run, for people.
using System;
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Core.RegisterCode;
using Wamr.Nano.Core.Run;

namespace Wamr.Nano;

/// <summary>A row of a profile.</summary>
/// <param name="Name">Name of the function, or of the register-code instruction.</param>
/// <param name="Count">Calls, or executions.</param>
public sealed record NanoCount(string Name, ulong Count);

/// <summary>What ran how often in an execution environment; rows that are 0 are left out, the highest come first.</summary>
/// <param name="Calls">Calls of the module's functions.</param>
/// <param name="Instructions">Executions of register-code instructions.</param>
public sealed record NanoProfile(IReadOnlyList<NanoCount> Calls, IReadOnlyList<NanoCount> Instructions)
{
    /// <summary>Entries of <see cref="Profile.Instructions"/>.</summary>
    private const int Opcodes = 256;

    /// <summary>Bytes of the counters for a module of that many functions.</summary>
    internal static unsafe nuint Size(uint functions) => (nuint)sizeof(Profile) + (Opcodes + functions) * sizeof(ulong);

    /// <summary>Makes counters, all 0, in a block of <see cref="Size"/> bytes.</summary>
    internal static unsafe Profile* Init(byte* block, uint functions)
    {
        new Span<byte>(block, checked((int)Size(functions))).Clear();
        Profile* profile = (Profile*)block;
        profile->Instructions = (ulong*)(profile + 1);
        profile->Calls = profile->Instructions + Opcodes;
        profile->Functions = functions;
        return profile;
    }

    internal static unsafe NanoProfile Of(Profile* profile, Func<uint, string?> functionName) => new(
        Rows(profile->Calls, profile->Functions, index => functionName(index) ?? $"function {index}"),
        Rows(profile->Instructions, Opcodes, op => ((RegOp)op).ToString()));

    private static unsafe NanoCount[] Rows(ulong* counts, uint count, Func<uint, string> name)
    {
        ulong[] values = new ReadOnlySpan<ulong>(counts, (int)count).ToArray();
        return [.. values.Select((value, i) => (Value: value, Index: (uint)i)).Where(row => row.Value != 0)
            .OrderByDescending(row => row.Value).Select(row => new NanoCount(name(row.Index), row.Value))];
    }
}
