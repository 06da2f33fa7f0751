// SPDX-License-Identifier: MIT
// Where a C program's heap would begin, read from its stack pointer; and whether anything in the module looks as if memory beyond were used.
using System.Globalization;
using Wamr.Nano.Core;
using Wamr.Nano.Tool.Sizing;

namespace Wamr.Nano.Tool.Trimming;

/// <param name="HeapBase">Where the heap begins; 0 where that cannot be told.</param>
/// <param name="DataEnd">Where the initial data end: what begins as zero lies behind that, and is part of the stack for the runtime's checks.</param>
/// <param name="WhyNot">Why it cannot be told; empty where it can.</param>
internal sealed record HeapEvidence(uint HeapBase, uint DataEnd, string WhyNot)
{
    private const uint StackAlignment = 16;

    /// <param name="module">A loaded module with a memory of its own that it neither grows nor measures.</param>
    internal static unsafe HeapEvidence Of(NanoModule module)
    {
        MemoryMap map = MemoryMap.Of(module);
        Module* m = module.Pointer;
        ulong size = (ulong)m->Info->Memory.Min << m->Info->Memory.PageShift;
        if (map.StackPointer < 0) return No("there is no variable that could be C's stack pointer");
        if (map.DataEnd is not ulong dataEnd) return No("a data segment's place is not constant");
        if (map.StackTop % StackAlignment != 0 || map.StackTop == 0 || map.StackTop > size) return No($"the first variable begins as {map.StackTop}, which is no stack's top");
        if (dataEnd > map.StackTop) return No("the data lie above the stack (as with --stack-first), and where those that begin as zero end cannot be seen");
        if (!LinkerTraces.Name(m, (uint)map.StackPointer)) return No("neither names nor producers are left to prove that its first variable is C's stack pointer; trim before they are stripped, or link with --export=__heap_base --export=__data_end");
        if (!new StackPointerScan(m, (uint)map.StackPointer).IsStackPointer()) return No("the first variable is not used as a stack pointer");
        string? beyond = new AddressScan(m, map.StackTop, size).Find();
        return beyond != null ? No(beyond) : new(map.StackTop, (uint)dataEnd, "");
    }

    private static HeapEvidence No(string why) => new(0, 0, why);

    /// <summary>Whether a global is what compilers make of the stack pointer: made smaller by a constant and set again, and not exported.</summary>
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

    /// <summary>Looks for numbers that could be addresses from the heap's base to the end of the memory.</summary>
    private sealed unsafe class AddressScan(Module* module, uint low, ulong end)
    {
        /// <summary>What looks like one; null where nothing does.</summary>
        internal string? Find()
        {
            for (uint i = module->ImportedFunctions; i < module->FunctionCount; i++)
                if (InCode(i) is string found) return found;
            return InData() ?? InGlobals();
        }

        private bool IsAbove(uint value) => value >= low && value < end;

        private string? InCode(uint function)
        {
            CodeItem? constant = null;
            foreach (CodeItem item in BodyCode.Of(module, function))
            {
                // A number that is multiplied, shifted or masked with is none of the addresses a compiler writes.
                if (constant is CodeItem before && !IsArithmetic(item.Op)) return Told($"the constant {before.Bits}", before.Offset);
                bool address = item.Op == Opcode.I32Const && IsAbove((uint)item.Bits)
                    || item.Op == Opcode.I64Const && (IsAbove((uint)item.Bits) || IsAbove((uint)(item.Bits >> 32)));
                constant = address ? item : null;
                if (item.IsAccess && IsAbove(item.Index)) return Told($"an access with offset {item.Index}", item.Offset);
            }
            return null;
        }

        private static bool IsArithmetic(Opcode op) => op is Opcode.I32And or Opcode.I32Xor or Opcode.I32Mul or (>= Opcode.I32DivS and <= Opcode.I32RemU)
            or (>= Opcode.I32Shl and <= Opcode.I32Rotr) or Opcode.I64And or Opcode.I64Xor or Opcode.I64Mul or (>= Opcode.I64DivS and <= Opcode.I64RemU)
            or (>= Opcode.I64Shl and <= Opcode.I64Rotr);

        /// <summary>Words of initial data where a pointer could lie.</summary>
        private string? InData()
        {
            for (uint i = 0; i < module->DataCount; i++)
            {
                DataSegment segment;
                DataSegments.Get(module, i, &segment);
                uint offset = 0;
                if (segment.Active && !Core.HeapBase.Constant(module, (uint)(segment.Offset - module->Bytes), &offset)) return "a data segment's place is not constant";
                for (uint at = (0 - offset) & 3; at + 4 <= segment.Size; at += 4)
                    if (IsAbove(Raw.Load32(segment.Data + at))) return $"the word {Raw.Load32(segment.Data + at)} at address {offset + at} of the data could be an address above";
            }
            return null;
        }

        private string? InGlobals()
        {
            uint count = 0;
            for (uint i = module->ImportedGlobals; i < module->GlobalCount; i++)
            {
                uint value;
                // The stack pointer itself begins there.
                if (Core.HeapBase.Constant(module, module->Globals[i].Entry, &value) && IsAbove(value) && ++count > 1) return $"global {i} begins as {value}, which could be an address above";
            }
            return null;
        }

        private static string Told(string what, uint offset) => string.Create(CultureInfo.InvariantCulture, $"{what} at offset 0x{offset:x} could be an address above");
    }
}
