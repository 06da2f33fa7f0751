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
    private const int Most = 3;

    /// <summary>The largest savings, largest first.</summary>
    /// <param name="need">What the app needs.</param>
    /// <param name="facts">Its memory.</param>
    /// <param name="auxStackUsed">C stack that was used, where it is known.</param>
    /// <param name="most">Pieces of advice at most.</param>
    internal static IReadOnlyList<Advice> For(Need need, ModuleFacts facts, uint? auxStackUsed, int most = Most) =>
        [.. All(need, facts, auxStackUsed).Where(advice => advice.Saves >= Alignment).OrderByDescending(advice => advice.Saves).Take(most)];

    /// <summary>The largest savings of an image, and then what its board can spare. What changes the module asks for compiling it again.</summary>
    /// <param name="fit">What the image needs.</param>
    internal static IReadOnlyList<Advice> For(ImageFit fit)
    {
        const string again = ", then wnano compile";
        List<Advice> app = [];
        if (fit.StackBytes != 0) app.Add(OperandStack(fit.StackBytes));
        if (fit.Facts.CanBeTruncated) app.Add(new(fit.Facts.Memory.MemoryBytes - fit.Facts.TruncatedBytes, "a memory that ends where the heap would begin, not with a whole page", "wnano compile without --whole-pages"));
        else app.AddRange(OfMemory(fit.Facts.Memory, null).Select(advice => advice with { Option = advice.Option + again }));
        if (fit.HeapBytes < fit.HeapAsked) app.Add(new(fit.HeapAsked - fit.HeapBytes, "no more app heap than it needs", $"--app-heap {fit.HeapBytes} of wnano compile, --heap {fit.HeapBytes}"));
        Advice[] board =
        [
            new(fit.Board.StackBytes - fit.NativeStackBytes, $"the board's native stack: {Bytes.Text(fit.NativeStackBytes)} B do, interrupts included", $"\"stack\": {{\"bytes\": {fit.NativeStackBytes}}} in board.json"),
            new(fit.PoolBytes - fit.NeededBytes, $"the board's pool: {Bytes.Text(fit.NeededBytes)} B do for this app", $"\"pool\": {fit.NeededBytes} in board.json"),
        ];
        return [.. new[] { app.OrderByDescending(advice => advice.Saves), board.AsEnumerable() }.SelectMany(part => part).Where(advice => advice.Saves >= Alignment).Take(Most)];
    }

    private static IEnumerable<Advice> All(Need need, ModuleFacts facts, uint? auxStackUsed)
    {
        foreach (Advice advice in OfMemory(facts, auxStackUsed)) yield return advice;
        yield return new(need.Parts.TryGetValue(RamPart.Code, out uint bytes) ? bytes : 0, "native code that is executed in flash instead of register code in RAM", "wnano compile");
        yield return OperandStack(need.StackBytes);
    }

    private static IEnumerable<Advice> OfMemory(ModuleFacts facts, uint? auxStackUsed)
    {
        if (facts is { MemoryBytes: not 0, Truncated: false, PageBytes: WasmPage }) yield return WholePages(facts);
        if (facts.Truncated) yield return CStack(facts, auxStackUsed);
    }

    private static Advice OperandStack(uint needed)
    {
        const uint given = Core.Config.DefaultStackBytes;
        return new(given - Math.Min(given, needed), $"no more operand stack than it needs: where nothing is said it gets {Bytes.Text(given)} B", $"--stack {needed}");
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
            return new((facts.MinPages - pages) * WasmPage, $"fewer pages at the start: nothing {(facts.HasRun ? "was used" : "lies there")} above {Bytes.Text(used)} B", $"-Wl,--initial-memory={pages * WasmPage}");
        if (facts.MayGrow)
            return new(facts.MemoryBytes - Math.Min(facts.MemoryBytes, facts.StaticEnd), "no memory.grow in the code (malloc brings it): the memory then ends where the heap would begin, not with a whole page", exports);
        uint rest = facts.AppHeapBytes == 0 && facts.HeapBase == 0 ? facts.MemoryBytes - Math.Min(facts.MemoryBytes, used) : 0;
        return new(rest, "let the runtime see where the data end, so that no whole page is needed", exports);
    }

    private static uint Up(uint bytes) => (bytes + Alignment - 1) / Alignment * Alignment;
}
