// SPDX-License-Identifier: MIT
// Rewrites a module so that it does the same with less flash and RAM: without custom sections, with a heap base that the runtime can see,
// and without unused pages.
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Wamr.Nano.Tool.Fit;
using Wamr.Nano.Tool.Printing;

namespace Wamr.Nano.Tool.Trimming;

/// <param name="Binary">The new module.</param>
/// <param name="Changes">What was done, a line each.</param>
/// <param name="Kept">What was not done, and why.</param>
internal sealed record Trim(byte[] Binary, IReadOnlyList<string> Changes, IReadOnlyList<string> Kept)
{
    private const string HeapBaseName = "__heap_base", DataEndName = "__data_end";

    /// <param name="binary">The module.</param>
    /// <param name="keep">Names of custom sections that stay.</param>
    /// <exception cref="WasmException">It is not valid.</exception>
    internal static Trim Of(byte[] binary, IReadOnlyCollection<string> keep)
    {
        using NanoRuntime runtime = new(0);
        using NanoModule module = runtime.LoadModule(binary);
        RawModule raw = new(binary);
        List<string> changes = [], kept = [];
        Strip(raw, keep, changes, kept);
        Memory(module, raw, changes, kept);
        byte[] trimmed = raw.ToBytes();
        runtime.LoadModule(trimmed).Dispose();
        return new(trimmed, changes, kept);
    }

    private static void Strip(RawModule raw, IReadOnlyCollection<string> keep, List<string> changes, List<string> kept)
    {
        foreach (RawSection custom in raw.Sections.Where(section => section.Id == (byte)SectionId.Custom).ToArray())
        {
            string line = $"custom section '{Printable.Text(custom.CustomName)}' ({Bytes.Text((uint)custom.Bytes)} B)";
            if (keep.Contains(custom.CustomName)) kept.Add($"{line}: --keep");
            else
            {
                raw.Remove(custom);
                changes.Add($"{line} removed");
            }
        }
    }

    private static unsafe void Memory(NanoModule module, RawModule raw, List<string> changes, List<string> kept)
    {
        const string memory = "linear memory";
        Module* m = module.Pointer;
        if (m->Info->Memory.Import != 0) kept.Add($"{memory}: it is imported, so only its owner can cut it");
        if (!m->OwnsMemory) return;
        if (m->Info->Memory.MayGrow != 0)
        {
            kept.Add($"{memory}: the code grows or measures it");
            return;
        }
        uint heapBase = m->Info->AuxStack.HeapBase;
        if (heapBase == 0 && Has(m, HeapBaseName) | Has(m, DataEndName))
        {
            kept.Add($"{memory}: {HeapBaseName} or {DataEndName} is exported, but not both, or not as constants");
            return;
        }
        if (heapBase == 0)
        {
            HeapEvidence evidence = HeapEvidence.Of(module);
            if (evidence.HeapBase == 0)
            {
                kept.Add($"{memory}: {HeapBaseName} cannot be derived: {evidence.WhyNot}");
                return;
            }
            heapBase = evidence.HeapBase;
            Export(raw, m->GlobalCount, HeapBaseName, heapBase);
            Export(raw, m->GlobalCount + 1u, DataEndName, evidence.DataEnd);
            changes.Add(
                $"{HeapBaseName} = {heapBase} exported: the memory ends there instead of after "
                + $"{Bytes.Text((ulong)m->Info->Memory.Min << m->Info->Memory.PageShift)} B");
            changes.Add(
                $"{DataEndName} = {evidence.DataEnd} exported: the end of data that do not begin as zero; only "
                + $"the linker knows how far zeros go behind them");
        }
        else if (Pages(&m->Info->Memory, heapBase) < m->Info->Memory.Min
            && HeapEvidence.Beyond(m, MemoryMap.Of(module), heapBase, m->Info->AuxStack.DataEnd) is string beyond)
        {
            kept.Add($"{memory}: all {Bytes.Text(m->Info->Memory.Min)} pages stay declared, for runs with whole pages: {beyond}");
            return;
        }
        LowerPages(&m->Info->Memory, heapBase, raw, changes);
    }

    /// <summary>Pages that hold the data and the stack.</summary>
    private static unsafe uint Pages(MemoryType* memory, uint heapBase) =>
        (uint)(((ulong)heapBase + (1u << memory->PageShift) - 1) >> memory->PageShift);

    /// <summary>Declares no more pages than hold the data and the stack.</summary>
    private static unsafe void LowerPages(MemoryType* memory, uint heapBase, RawModule raw, List<string> changes)
    {
        uint pages = Pages(memory, heapBase);
        if (pages >= memory->Min) return;
        byte[] old = raw.Sections.Single(section => section.Id == (byte)SectionId.Memory).Contents;
        int at = 2; // one memory, and its flags
        Leb.Unsigned(old, ref at);
        raw.Replace(SectionId.Memory, [old[0], old[1], .. Leb.Bytes(pages), .. old[at..]]);
        changes.Add(
            $"initial memory: {Bytes.Text(pages)} instead of {Bytes.Text(memory->Min)} pages of {Bytes.Text(1u << memory->PageShift)} B");
    }

    /// <summary>Adds an exported constant, whose index comes after all others.</summary>
    private static void Export(RawModule raw, uint index, string name, uint value)
    {
        const byte i32 = 0x7F, constant = 0, i32Const = 0x41, end = 0x0B, global = 3;
        raw.Append(SectionId.Global, [i32, constant, i32Const, .. Leb.SignedBytes((int)value), end]);
        raw.Append(SectionId.Export,
            [.. Leb.Bytes((uint)Encoding.UTF8.GetByteCount(name)), .. Encoding.UTF8.GetBytes(name), global, .. Leb.Bytes(index)]);
    }

    private static unsafe bool Has(Module* m, string name)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(name);
        ExternKind kind;
        uint index;
        fixed (byte* p = utf8) return Exports.Find(m, p, (uint)utf8.Length, &kind, &index);
    }
}
