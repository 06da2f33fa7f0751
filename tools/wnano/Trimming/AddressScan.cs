// SPDX-License-Identifier: MIT
// Numbers of a module that could be addresses from somewhere on up to the end of its memory: in code, in initial data, in globals.
using System.Collections.Generic;
using System.Globalization;

namespace Wamr.Nano.Tool.Trimming;

/// <param name="module">A loaded module.</param>
/// <param name="low">The first address.</param>
/// <param name="end">Behind the last one.</param>
/// <param name="stackPointer">
/// The index of the global that may be C's stack pointer and starts where the heap begins; -1 if there is none.
/// </param>
internal sealed unsafe class AddressScan(Module* module, uint low, ulong end, int stackPointer)
{
    private const uint WordAlignment = 4;

    /// <summary>The number that looks like an address, in words without a final stop.</summary>
    internal IEnumerable<string> All()
    {
        List<string> found = [];
        for (uint i = module->ImportedFunctions; i < module->FunctionCount; i++) InCode(i, found);
        found.AddRange(Words());
        InGlobals(found);
        return found;
    }

    private bool IsInside(uint value) => value >= low && value < end;

    private void InCode(uint function, List<string> found)
    {
        CodeItem? constant = null;
        foreach (CodeItem item in BodyCode.Of(module, function))
        {
            // Compilers do not multiply, shift or mask with addresses.
            if (constant is CodeItem before && !IsArithmetic(item.Op))
                found.Add(Told($"the constant {Number(before.Bits)}", before.Offset));
            bool address = item.Op == Opcode.I32Const && IsInside((uint)item.Bits)
                || item.Op == Opcode.I64Const && (IsInside((uint)item.Bits) || IsInside((uint)(item.Bits >> 32)));
            constant = address ? item : null;
            if (item.IsAccess && IsInside(item.Index)) found.Add(Told($"an access with offset {Number(item.Index)}", item.Offset));
            if (item.Op == Opcode.GlobalGet && IsConstant(item.Index, out uint value) && IsInside(value))
                found.Add(Told($"global {item.Index}, which is {Number(value)},", item.Offset));
        }
    }

    private static bool IsArithmetic(Opcode op) =>
        op is Opcode.I32And or Opcode.I32Xor or Opcode.I32Mul or (>= Opcode.I32DivS and <= Opcode.I32RemU)
        or (>= Opcode.I32Shl and <= Opcode.I32Rotr) or Opcode.I64And or Opcode.I64Xor or Opcode.I64Mul
            or (>= Opcode.I64DivS and <= Opcode.I64RemU)
        or (>= Opcode.I64Shl and <= Opcode.I64Rotr);

    /// <summary>Words of initial data that look like an address, at positions where compilers put pointers.</summary>
    internal IEnumerable<string> Words()
    {
        List<string> found = [];
        for (uint i = 0; i < module->DataCount; i++)
        {
            DataSegment segment;
            DataSegments.Get(module, i, &segment);
            uint offset = 0;
            if (segment.Active && !HeapBase.Constant(module, (uint)(segment.Offset - module->Bytes), &offset)) continue;
            for (uint at = (0 - offset) & (WordAlignment - 1); at + WordAlignment <= segment.Size; at += WordAlignment)
                if (IsInside(Raw.Load32(segment.Data + at)))
                    found.Add($"the word {Number(Raw.Load32(segment.Data + at))} at address {Number(offset + at)} of the data");
        }
        return found;
    }

    /// <summary>Variables: constants are found where they are read.</summary>
    private void InGlobals(List<string> found)
    {
        for (uint i = module->ImportedGlobals; i < module->GlobalCount; i++)
        {
            uint value;
            if (i == stackPointer || module->Globals[i].Mutable == 0 || !HeapBase.Constant(module, module->Globals[i].Entry, &value))
                continue;
            if (IsInside(value)) found.Add($"global {i}, which begins as {Number(value)}");
        }
    }

    private bool IsConstant(uint global, out uint value)
    {
        uint constant = 0;
        bool known = global >= module->ImportedGlobals && module->Globals[global].Mutable == 0
            && module->Globals[global].Type == ValType.I32
            && HeapBase.Constant(module, module->Globals[global].Entry, &constant);
        value = constant;
        return known;
    }

    private static string Told(string what, uint offset) => string.Create(CultureInfo.InvariantCulture, $"{what} at offset 0x{offset:x}");

    private static string Number(ulong value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
