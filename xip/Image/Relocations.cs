// SPDX-License-Identifier: MIT
// Checks that code runs at any address: every relocation that the linker applied must be a distance between two positions in the image.
using System;
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Xip.Elf;
using Wamr.Nano.Xip.Targets;

namespace Wamr.Nano.Xip.Image;

internal static class Relocations
{
    /// <summary>Relocation types that hold distances, or nothing that depends on an address, by ELF machine number.</summary>
    private static readonly Dictionary<ushort, uint[]> Relative = new()
    {
        // Arm: NONE REL32 THM_CALL CALL JUMP24 THM_JUMP24 V4BX PREL31 THM_JUMP6 THM_JUMP11 THM_JUMP8 THM_JUMP19 THM_ALU_PREL_11_0 THM_PC12
        [ElfFile.Arm] = [0, 3, 10, 28, 29, 30, 40, 42, 51, 52, 53, 54, 102, 103],
        // x86-64: NONE PC32 PLT32 PC16 PC8 PC64
        [ElfFile.X64] = [0, 2, 4, 13, 15, 24],
        // Xtensa: NONE ASM_EXPAND ASM_SIMPLIFY DIFF8 DIFF16 DIFF32 SLOT0_OP .. SLOT14_ALT PDIFF/NDIFF
        [ElfFile.Xtensa] = [0, 11, 12, 17, 18, 19, .. Enumerable.Range(20, 30).Select(n => (uint)n), 57, 58, 59, 60, 61, 62],
        // RISC-V: NONE BRANCH JAL CALL CALL_PLT PCREL_HI20 PCREL_LO12_I PCREL_LO12_S ADD8 .. SUB64 ALIGN RVC_BRANCH RVC_JUMP RELAX SUB6
        // SET6 .. SET32 32_PCREL
        [ElfFile.RiscV] = [0, 16, 17, 18, 19, 23, 24, 25, 33, 34, 35, 36, 37, 38, 39, 40, 43, 44, 45, 51, 52, 53, 54, 55, 56, 57],
    };

    /// <exception cref="CompileException">
    /// Code or constants depend on their address. The message names each function and symbol.
    /// </exception>
    internal static void Check(ElfFile elf, ElfSection code, Target target)
    {
        uint[] relative = Relative[target.ElfMachine];
        string[] offences = [.. elf.RelocationsOf(code)
            .Where(r => Array.IndexOf(relative, r.Type) < 0)
            .Select(r => $"{FunctionAt(elf, r.Offset)} refers to {NameOf(elf, r.Symbol)} by address (relocation type {r.Type})")
            .Distinct()];
        if (offences.Length != 0)
            throw new CompileException($"the image would have to be relocated: {string.Join("; ", offences.Take(10))}");
    }

    /// <summary>The function that contains an offset, or a description if none does.</summary>
    internal static string FunctionAt(ElfFile elf, ulong offset) =>
        elf.Symbols.Where(s => s.IsFunction && offset - s.Address < s.Size)
            .Select(s => s.Name).FirstOrDefault() ?? $"what lies at offset 0x{offset:X}";

    private static string NameOf(ElfFile elf, ElfSymbol symbol) =>
        symbol.Type == ElfSymbol.SectionType && symbol.Section < elf.Sections.Count ? elf.Sections[symbol.Section].Name : symbol.Name;
}
