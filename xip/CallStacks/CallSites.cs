// SPDX-License-Identifier: MIT
// The calls through which a trap may pass: the return address of each, the size of the frame there, and the C functions that contain it.
using System;
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Xip.Build;
using Wamr.Nano.Xip.Elf;

namespace Wamr.Nano.Xip.CallStacks;

/// <summary>A call in an image's code.</summary>
/// <param name="Return">Offset of its return address, as that is saved.</param>
/// <param name="Bytes">The bytes from the stack pointer there to that of the function's caller.</param>
/// <param name="Scope">The innermost C function that contains it.</param>
/// <param name="File">Name of the C file the call is in.</param>
/// <param name="Line">Its line there; 0 if that is not known.</param>
/// <param name="Callee">
/// The name of the called function; null for a call through a register or the memory; <see cref="CallSites.Piece"/> if it is not a call,
/// but code up to there.
/// </param>
internal sealed record CallSite(uint Return, uint Bytes, Scope Scope, string File, int Line, string? Callee);

/// <summary>The calls of an image. They depend only on its C, so images with the same C share them.</summary>
internal sealed class CallSites
{
    /// <summary>The function that raises every trap.</summary>
    private const string Trap = "trap";

    /// <summary>The entry. Frames above it do not belong to the code.</summary>
    private const string Enter = "xip_enter";

    /// <summary>Used instead of a callee: see <see cref="CallSite"/>.</summary>
    internal const string Piece = "";

    /// <summary>Used instead of the line of a piece if a function begins with it.</summary>
    internal const int FirstLine = 1;

    private readonly HashSet<Scope> _trapping = [];

    /// <param name="elf">Linked code with debugging information.</param>
    /// <param name="target">Whose code.</param>
    /// <param name="faults">Whether any instruction may trap. Then the table describes all code, and not only calls.</param>
    internal CallSites(ElfFile elf, ImageTarget target, bool faults)
    {
        ElfSection code = elf.Section(".code")!;
        DwarfScopes scopes = new(elf);
        DwarfFrames frames = new(elf, target);
        Dictionary<uint, string> names = [];
        foreach (ElfSymbol s in elf.Symbols.Where(s => s.IsFunction && s.Value >= CCompiler.Base))
            names.TryAdd((uint)(s.Address - CCompiler.Base), BaseName(s.Name));
        Scope[] functions = [.. scopes.Functions.OrderBy(f => f.Ranges.Min(r => r.Start))];
        // The code at an address, from the ranges of all functions.
        (ulong Start, ulong End, Scope Scope)[] ranges =
            [.. functions.SelectMany(f => f.Ranges.Select(r => (r.Start, r.End, f))).OrderBy(r => r.Start)];
        ulong[] starts = [.. ranges.Select(r => r.Start)];
        List<(CallInstruction Call, Scope Root)> calls = [];
        foreach (CallInstruction call in CallInstructions.In(code.Contents, target.Machine, names.Keys.ToHashSet()))
            if (Find(Inside(call)) is Scope root && root.Name is not (Trap or Enter)) calls.Add((call, root));
        FindTrapping(calls);
        foreach ((CallInstruction call, Scope root) in calls)
        {
            if (call.Target is uint to && (Find(to + (ulong)CCompiler.Base) is not Scope callee || !_trapping.Contains(callee))) continue;
            ulong inside = Inside(call);
            if (frames.At(inside) is not uint bytes || bytes == 0 || bytes % target.PointerBytes != 0) continue;
            (string file, int line) = scopes.Lines.Select(l => l.At(inside)).FirstOrDefault(l => l.Line != 0);
            All.Add(new(call.Return, bytes, root.At(inside), file ?? "", line, call.Target is uint t ? names[t] : null));
        }

        if (faults) AddPieces();

        void AddPieces()
        {
            (ulong Start, ulong End, uint Bytes)[] pieces = [.. frames.Pieces()];
            foreach ((ulong start, ulong end, Scope scope) in ranges)
            {
                // The first byte is a separate piece, with which a block can begin, because a call in another function may end at the byte
                // before.
                if (frames.At(start) is uint first) All.Add(new((uint)(start + 1 - CCompiler.Base), first, scope, "", FirstLine, Piece));
                foreach ((ulong from, ulong to, uint bytes) in pieces.Where(piece =>
                    piece.Start >= start && piece.End <= end && piece.End > start + 1))
                    All.Add(new((uint)(to - CCompiler.Base), bytes, scope, "", 0, Piece));
            }
        }

        Scope? Find(ulong address)
        {
            int at = Array.BinarySearch(starts, address);
            if (at < 0) at = ~at - 1;
            return at >= 0 && address < ranges[at].End ? ranges[at].Scope : null;
        }

        // A call that never returns may be the last instruction of a function.
        ulong Inside(CallInstruction call) => call.Return + (ulong)CCompiler.Base - (target.Machine == ImageMachine.Thumb ? 2u : 1);

        void FindTrapping(List<(CallInstruction Call, Scope Root)> all)
        {
            // A call through a register may reach anything.
            _trapping.UnionWith(functions.Where(f => f.Name == Trap));
            _trapping.UnionWith(all.Where(c => c.Call.Target == null).Select(c => c.Root));
            for (int before = -1; before != _trapping.Count;)
            {
                before = _trapping.Count;
                foreach ((CallInstruction call, Scope root) in all)
                    if (call.Target is uint to && Find(to + (ulong)CCompiler.Base) is Scope callee && _trapping.Contains(callee))
                        _trapping.Add(root);
            }
        }
    }

    /// <summary>By return address.</summary>
    internal List<CallSite> All { get; } = [];

    /// <summary>Whether a C file belongs to the module, and not to the library.</summary>
    internal static bool IsOwnFile(string name) =>
        name.StartsWith("image", StringComparison.Ordinal) && name.EndsWith(".c", StringComparison.Ordinal);

    /// <summary>A function's name without what the compiler adds to changed copies (f1.constprop.0).</summary>
    private static string BaseName(string symbol) => symbol.Split('.')[0];
}
