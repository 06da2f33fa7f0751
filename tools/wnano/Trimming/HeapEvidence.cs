// SPDX-License-Identifier: MIT
// Where a C program's heap would begin, read from its stack pointer; and whether it is proved that no memory beyond is used.
using System;
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Tool.Fit;

namespace Wamr.Nano.Tool.Trimming;

/// <param name="HeapBase">Where the heap begins; 0 if that is unknown.</param>
/// <param name="DataEnd">
/// Where the initial data ends. Data that is initially zero lies after that, and counts as stack for the runtime's checks.
/// </param>
/// <param name="WhyNot">Why it is unknown; empty if it is known.</param>
internal sealed record HeapEvidence(uint HeapBase, uint DataEnd, string WhyNot)
{
    private const uint StackAlignment = 16, UsualDataStart = 1024;

    /// <param name="module">A loaded module with a memory of its own that it neither grows nor measures.</param>
    internal static unsafe HeapEvidence Of(NanoModule module)
    {
        MemoryMap map = MemoryMap.Of(module);
        Module* m = module.Pointer;
        ulong size = (ulong)m->Info->Memory.Min << m->Info->Memory.PageShift;
        if (map.StackPointer < 0) return No("there is no variable that could be C's stack pointer");
        if (map.DataEnd is not ulong dataEnd) return No("a data segment's place is not constant");
        if (map.StackTop % StackAlignment != 0 || map.StackTop == 0 || map.StackTop > size)
            return No($"the first variable begins as {map.StackTop}, which is not the top of a stack");
        if (dataEnd > map.StackTop)
            return No("the data lie above the stack (as with --stack-first), and where those that begin as zero end cannot be seen");
        if (!LinkerTraces.Name(module, (uint)map.StackPointer))
            return No(
                "neither names nor producers are left to prove that its first variable is C's stack pointer; trim before they are "
                + "stripped, or link with --export=__heap_base --export=__data_end");
        if (!new StackPointerScan(m, (uint)map.StackPointer).IsStackPointer())
            return No("the first variable is not used as a stack pointer");
        string? beyond = Beyond(m, map, map.StackTop, dataEnd);
        return beyond != null ? No(beyond) : new(map.StackTop, (uint)dataEnd, "");
    }

    /// <summary>What could use memory from the heap's base on; null if it is proved that nothing does.</summary>
    /// <param name="module">As above.</param>
    /// <param name="map">The module's map of its memory.</param>
    /// <param name="heapBase">Where the heap begins.</param>
    /// <param name="dataEnd">Where data end, as far as that is known.</param>
    internal static unsafe string? Beyond(Module* module, MemoryMap map, uint heapBase, ulong dataEnd)
    {
        ulong size = (ulong)module->Info->Memory.Min << module->Info->Memory.PageShift;
        if (size > int.MaxValue) return "the memory has more than 2 GB";
        uint stackPointer = map.StackPointer < 0 ? Module.NoIndex : (uint)map.StackPointer;
        // By default, a linker's first variable lies at 1,024, so lower numbers are regarded as plain numbers.
        MemoryShape shape =
            new(Math.Max(map.DataStart, UsualDataStart), (long)dataEnd, heapBase, (long)size, LargestFrame(module, stackPointer));
        return AddressProof.Doubt(module, shape, stackPointer)
            ?? new AddressScan(module, heapBase, size, map.StackPointer).Words().Select(word => $"{word} could be an address above")
            .FirstOrDefault();
    }

    /// <summary>Bytes of the largest frame a function takes.</summary>
    private static unsafe long LargestFrame(Module* module, uint stackPointer)
    {
        long largest = 0;
        for (uint i = module->ImportedFunctions; i < module->FunctionCount; i++)
        {
            IReadOnlyList<CodeItem> code = BodyCode.Of(module, i);
            for (int at = 0; at + 1 < code.Count; at++)
                if (code[at].Op == Opcode.GlobalGet && code[at].Index == stackPointer && code[at + 1].Op == Opcode.I32Const)
                    largest = Math.Max(largest, Math.Abs((long)(int)code[at + 1].Bits));
        }
        return largest;
    }

    private static HeapEvidence No(string why) => new(0, 0, why);

    /// <summary>
    /// Whether a global is what compilers make of the stack pointer: made smaller by a constant and set again, and not exported.
    /// </summary>
    private sealed unsafe class StackPointerScan(Module* module, uint global)
    {
        internal bool IsStackPointer()
        {
            Export export;
            for (bool more = Exports.First(module, &export); more; more = Exports.Next(module, &export))
                if (export.Kind == ExternKind.Global && export.Index == global) return false;
            for (uint i = module->ImportedFunctions; i < module->FunctionCount; i++)
                if (Lowers(i)) return true;
            return false;
        }

        /// <summary>global.get, i32.const, i32.sub or i32.add one after the other.</summary>
        private bool Lowers(uint function)
        {
            int step = 0;
            foreach (CodeItem item in BodyCode.Of(module, function))
            {
                step = item.Op == Opcode.GlobalGet && item.Index == global ? 1
                    : step == 1 && item.Op == Opcode.I32Const ? 2
                    : step == 2 && item.Op is Opcode.I32Sub or Opcode.I32Add ? 3
                    : 0;
                if (step == 3) return true;
            }
            return false;
        }
    }
}
