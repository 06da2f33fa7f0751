// SPDX-License-Identifier: MIT
// The profile that a firmware reports (boards/common/meters/profile), in the form of this machine's.
using System;
using System.Linq;

namespace Wamr.Nano.Tool.Emulate;

internal static class BoardProfile
{
    /// <param name="result">A run of a firmware with that meter.</param>
    /// <param name="nameOf">Names of functions by index.</param>
    internal static NanoProfile Of(BoardResult result, Func<uint, string?> nameOf) => new(
        [.. result.All("function").Select(line => Row(line, nameOf)).OrderByDescending(f => f.Self).ThenByDescending(f => f.Calls)],
        [],
        Number(result.Report("profile") ?? "", "lost"));

    private static NanoFunctionProfile Row(string line, Func<uint, string?> nameOf)
    {
        uint index = (uint)Number(line, "index");
        return new(nameOf(index) ?? $"function {index}", index, Number(line, "calls"), Number(line, "total"), Number(line, "self"));
    }

    private static ulong Number(string line, string name) => BoardResult.Wide(line, name) ?? 0;
}
