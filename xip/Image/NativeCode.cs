// SPDX-License-Identifier: MIT
// Extracts the code of an image from the linker's output: checks that it is position independent, and fills in the tables of indirect
// calls.
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Xip.CallStacks;
using Wamr.Nano.Xip.Elf;
using Wamr.Nano.Xip.Emit;

namespace Wamr.Nano.Xip.Image;

/// <summary>Linked code of a module.</summary>
internal sealed unsafe class NativeCode(CModule c, ElfFile elf)
{
    private readonly Dictionary<string, uint> _symbols = elf.Symbols
        .Where(s => s.Name.Length != 0 && s.IsFunction).GroupBy(s => s.Name)
        .ToDictionary(g => g.Key, g => (uint)g.First().Value - Build.CCompiler.Base);

    /// <exception cref="CompileException">The code depends on its address, or needs writable memory.</exception>
    internal ImageCode Make(uint stackMargin, CallTable calls)
    {
        ElfSection code = elf.Section(".code") ?? throw new CompileException("the linker's output has no code");
        foreach (string name in (string[])[".writable", ".got"])
            if (elf.Section(name)?.Size > 0)
                throw new CompileException($"the C compiler's output needs a section {name}, which an image cannot have");
        Relocations.Check(elf, code, c.Target);
        Module* m = c.Facts.Module;
        HashSet<uint> stubs = [.. c.StubTypes()];
        (uint Table, Analysis.ConstantTable Contents)[] constant =
            [.. c.Facts.Tables.Select((t, n) => ((uint)n, t!)).Where(t => t.Item2 != null)];
        return new()
        {
            Kind = ImageKind.Native,
            Bytes = WithTargets(code.Contents),
            Functions = [.. Enumerable.Range(0, m->FunctionCount).Select(n => CodeOf((uint)n))],
            AbiVersion = NativeAbi.Version,
            AlignmentLog2 = c.Target.AlignmentLog2,
            Enter = PlaceOf("xip_enter"),
            Stubs = [.. Enumerable.Range(0, m->TypeCount).Select(n => stubs.Contains((uint)n) ? PlaceOf(CModule.StubName((uint)n)) : 0)],
            StackMargin = stackMargin,
            FixedBytes = c.Facts.ReliedBytes,
            Calls = calls,
            Needs = c.Facts.Guarded ? ImageHeader.GuardPages : Features.None,
            ConstantTables = constant.Select(t => t.Table).ToHashSet(),
            AbsentTables = constant.Where(t => !t.Contents.Exported).Select(t => t.Table).ToHashSet(),
            AbsentSegments = constant.Where(t => !t.Contents.Exported).SelectMany(t => t.Contents.Segments).ToHashSet(),
        };
    }

    private uint PlaceOf(string symbol) => _symbols[symbol];

    private uint CodeOf(uint function) =>
        c.Facts.Reached.Contains(function) && !c.Facts.IsImport(function) ? PlaceOf($"fn{function}") : Function.NoCode;

    private byte[] WithTargets(byte[] linked)
    {
        byte[] code = [.. linked];
        int at = 0;
        foreach ((string? symbol, uint number) in c.Targets.Words())
        {
            BinaryPrimitives.WriteUInt32LittleEndian(code.AsSpan(at), symbol == null ? number : PlaceOf(symbol));
            at += 4;
        }
        return code;
    }
}
