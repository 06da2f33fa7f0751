// SPDX-License-Identifier: MIT
// What would shrink an app most: each with the bytes it saves and the option that does it.
using System;
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Tool.Printing;
using Wamr.Nano.Tool.Trimming;

namespace Wamr.Nano.Tool.Fit;

/// <param name="Saves">Bytes of RAM; the most, if the use of a memory is not completely known.</param>
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
    /// <param name="doesWith">Whether the app runs as before in a memory of the given size; null if it was not run.</param>
    /// <param name="most">Pieces of advice at most.</param>
    internal static IReadOnlyList<Advice> For(Need need, ModuleFacts facts, uint? auxStackUsed, Func<uint, bool>? doesWith,
        int most = Most) =>
        [.. All(need, facts, auxStackUsed, doesWith).Where(advice => advice.Saves >= Alignment).OrderByDescending(advice => advice.Saves)
            .Take(most)];

    /// <summary>The largest savings of an image, and then what its board can spare. Changes of the module need a new compilation.</summary>
    /// <param name="fit">What the image needs.</param>
    internal static IReadOnlyList<Advice> For(ImageFit fit)
    {
        const string again = ", then wnano compile";
        List<Advice> app = [];
        if (fit.StackBytes != 0) app.Add(OperandStack(fit.StackBytes));
        if (fit.Facts.CanBeTruncated)
            app.Add(new(fit.Facts.Memory.MemoryBytes - fit.Facts.TruncatedBytes,
                "a memory that ends where the heap would begin, not at a whole page, if 'wnano fit' of the module passes with it",
                "wnano compile without --whole-pages"));
        else app.AddRange(OfMemory(fit.Facts.Memory, null, null).Select(advice => advice with { Option = advice.Option + again }));
        if (fit.HeapBytes < fit.HeapAsked)
            app.Add(new(fit.HeapAsked - fit.HeapBytes, "no more app heap than the app needs",
                $"--app-heap {fit.HeapBytes} of wnano compile, --heap {fit.HeapBytes}"));
        Advice[] board =
        [
            new(fit.Board.StackBytes - fit.NativeStackBytes,
                $"a smaller native stack of the board: {Bytes.Text(fit.NativeStackBytes)} B are enough, interrupts included",
                $"\"stack\": {{\"bytes\": {fit.NativeStackBytes}}} in board.json"),
            new(fit.PoolBytes - fit.NeededBytes, $"a smaller pool of the board: {Bytes.Text(fit.NeededBytes)} B are enough for this app",
                $"\"pool\": {fit.NeededBytes} in board.json"),
        ];
        return [.. new[] { app.OrderByDescending(advice => advice.Saves), board.AsEnumerable() }.SelectMany(part => part)
            .Where(advice => advice.Saves >= Alignment).Take(Most)];
    }

    private static IEnumerable<Advice> All(Need need, ModuleFacts facts, uint? auxStackUsed, Func<uint, bool>? doesWith)
    {
        foreach (Advice advice in OfMemory(facts, auxStackUsed, doesWith)) yield return advice;
        yield return new(need.Parts.TryGetValue(RamPart.Code, out uint bytes) ? bytes : 0,
            "native code in flash instead of register code in RAM", "wnano compile");
        yield return OperandStack(need.StackBytes);
    }

    private static IEnumerable<Advice> OfMemory(ModuleFacts facts, uint? auxStackUsed, Func<uint, bool>? doesWith)
    {
        if (facts is { MemoryBytes: not 0, Truncated: false, PageBytes: WasmPage })
            foreach (Advice advice in WholePages(facts, doesWith)) yield return advice;
        if (facts is { Truncated: true, IsStackUnclear: false }) yield return CStack(facts, auxStackUsed);
    }

    private static Advice OperandStack(uint needed)
    {
        const uint given = Core.Config.DefaultStackBytes;
        return new(given - Math.Min(given, needed), $"no more operand stack than the app needs: by default it gets {Bytes.Text(given)} B",
            $"--stack {needed}");
    }

    private static Advice CStack(ModuleFacts facts, uint? used)
    {
        uint reserved = Math.Max(facts.AuxStackBytes, facts.StackFirst ? 0 : facts.HeapBase - facts.DataEnd);
        if (facts.AuxStackBytes == 0) used = 0;
        // A quarter more than one run has shown.
        uint enough = used is uint bytes ? Math.Max(Alignment, Up(bytes + bytes / 4)) : reserved;
        return new(reserved - Math.Min(reserved, enough),
            $"a smaller C stack: {Bytes.Text(used ?? 0)} B of {Bytes.Text(reserved)} B were used", StackOption(facts, enough));
    }

    /// <summary>Rust's linker puts the stack first; clang's does so on request.</summary>
    private static string StackOption(ModuleFacts facts, uint bytes)
    {
        string option = LinkerOption.Stack(facts.Producer, bytes);
        return facts is { Producer: Producer.Unknown, StackFirst: true }
            ? $"{option} (clang), {LinkerOption.Stack(Producer.Rustc, bytes)} (Rust)"
            : option;
    }

    /// <summary>
    /// Pages nobody uses. What a run contradicts is not advised: an app may take what lies above __heap_base without asking for it.
    /// </summary>
    private static IEnumerable<Advice> WholePages(ModuleFacts facts, Func<uint, bool>? doesWith)
    {
        string unseen = doesWith == null ? ", if the app uses nothing behind ('wnano fit' runs it to find out)" : "";
        uint used = Math.Max(Up(facts.LastByteUsed), facts.StaticEnd), pages = used / WasmPage + 1, cut = facts.CutBytes;
        bool doesWithPages = facts.MinPages > pages && Does(pages * WasmPage),
            doesWithCut = facts.AppHeapBytes == 0 && cut < facts.MemoryBytes && Does(cut);
        if (doesWithPages)
            yield return new((facts.MinPages - pages) * WasmPage,
                $"fewer pages at the start: nothing {(facts.HasRun ? "was used" : "lies there")} above {Bytes.Text(used)} B{unseen}",
                LinkerOption.InitialPages(facts.Producer, pages));
        else if (doesWithCut && facts.MayGrow)
            yield return new(facts.MemoryBytes - cut,
                $"no memory.grow in the code (malloc brings it): the memory then ends where the "
                + $"heap would begin, not at a whole page{unseen}", LinkerOption.Exports(facts.Producer));
        else if (doesWithCut && facts.HeapBase == 0)
            yield return new(facts.MemoryBytes - cut, $"exports that show where the data end, so that no whole page is needed{unseen}",
                LinkerOption.Exports(facts.Producer));
        else if (doesWithCut)
            yield return new(facts.MemoryBytes - cut, $"a memory that ends where the heap begins, not at a whole page{unseen}",
                "without --whole-pages");
        if (facts.PagesOfAppHeap * WasmPage > facts.AppHeapBytes)
            yield return new(facts.PagesOfAppHeap * WasmPage - facts.AppHeapBytes,
                "an app heap without a page of its own: only a memory that cannot grow can become larger by less than a page",
                LinkerOption.MostPages(facts.Producer, facts.MinPages));

        bool Does(uint bytes) => doesWith == null || doesWith(bytes);
    }

    private static uint Up(uint bytes) => (bytes + Alignment - 1) / Alignment * Alignment;
}
