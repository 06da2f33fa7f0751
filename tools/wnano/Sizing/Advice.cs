// SPDX-License-Identifier: MIT
// What would shrink an app most: each with the bytes it saves and the option that does it.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.Tool.Sizing;

/// <param name="Saves">Bytes of RAM; of a memory whose use is not known in full, at most.</param>
/// <param name="What">What to do.</param>
/// <param name="Option">The option, as it is written.</param>
internal sealed record Advice(uint Saves, string What, string Option)
{
    private const uint WasmPage = 1 << 16, Alignment = 16;

    /// <summary>The largest savings, largest first.</summary>
    /// <param name="need">What the app needs.</param>
    /// <param name="facts">Its memory.</param>
    /// <param name="auxStackUsed">C stack that was used, where it is known.</param>
    /// <param name="most">Pieces of advice at most.</param>
    internal static IReadOnlyList<Advice> For(Need need, ModuleFacts facts, uint? auxStackUsed, int most = 3) =>
        [.. All(need, facts, auxStackUsed).Where(advice => advice.Saves >= Alignment).OrderByDescending(advice => advice.Saves).Take(most)];

    private static IEnumerable<Advice> All(Need need, ModuleFacts facts, uint? auxStackUsed)
    {
        if (facts is { MemoryBytes: not 0, Truncated: false, PageBytes: WasmPage }) yield return WholePages(facts);
        if (facts.Truncated) yield return CStack(facts, auxStackUsed);
        uint code = need.Parts.TryGetValue(RamPart.Code, out uint bytes) ? bytes : 0, given = Core.Config.DefaultStackBytes;
        yield return new(code, "native code that is executed in flash instead of register code in RAM", "wnano compile");
        if (need.StackBytes < given)
            yield return new(given - need.StackBytes, $"no more operand stack than it needs: where nothing is said it gets {Bytes.Text(given)} B", $"--stack {need.StackBytes}");
    }

    private static Advice CStack(ModuleFacts facts, uint? used)
    {
        uint reserved = Math.Max(facts.AuxStackBytes, facts.StackFirst ? 0 : facts.HeapBase - facts.DataEnd);
        if (facts.AuxStackBytes == 0) used = 0;
        // A quarter more than one run has shown.
        uint enough = used is uint bytes ? Math.Max(Alignment, Up(bytes + bytes / 4)) : reserved;
        return new(reserved - Math.Min(reserved, enough), $"a smaller C stack: {Bytes.Text(used ?? 0)} B of {Bytes.Text(reserved)} B were used", $"-Wl,-z,stack-size={enough}");
    }

    private static Advice WholePages(ModuleFacts facts)
    {
        const string exports = "-Wl,--export=__heap_base,--export=__data_end";
        uint used = Math.Max(Up(facts.LastByteUsed), facts.StaticEnd), pages = used / WasmPage + 1;
        if (facts.MinPages > pages)
            return new((facts.MinPages - pages) * WasmPage, $"fewer pages at the start: nothing was used above {Bytes.Text(used)} B", $"-Wl,--initial-memory={pages * WasmPage}");
        if (facts.MayGrow)
            return new(facts.MemoryBytes - Math.Min(facts.MemoryBytes, facts.StaticEnd), "no memory.grow in the code (malloc brings it): the memory then ends where the heap would begin, not with a whole page", exports);
        uint rest = facts.AppHeapBytes == 0 && facts.HeapBase == 0 ? facts.MemoryBytes - Math.Min(facts.MemoryBytes, used) : 0;
        return new(rest, "let the runtime see where the data end, so that no whole page is needed", exports);
    }

    private static uint Up(uint bytes) => (bytes + Alignment - 1) / Alignment * Alignment;
}
