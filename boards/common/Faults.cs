// SPDX-License-Identifier: MIT
// The report of a processor fault: <c>wn:fault pc=0x80001234 ...</c>. The command line finds the C# line in the ELF file.
using System;
using System.Runtime.InteropServices;

namespace Wamr.Nano.Boards;

internal static unsafe class Faults
{
    /// <summary>Called by the startup code of the processor, which also names the registers (Registers.cs).</summary>
    [UnmanagedCallersOnly(EntryPoint = "wn_fault_report")]
    private static void Report(nuint* registers, uint count)
    {
        const uint digits = 8;
        ReadOnlySpan<byte> names = Registers.Names;
        Console.Text("\n\x1Ewn:fault "u8);
        int at = 0;
        for (uint i = 0; i < count; i++)
        {
            int start = at;
            while (names[at] != ' ') at++;
            Console.Text(names, start, at - start);
            Console.Text("="u8);
            Console.Hex(registers[i], digits);
            Console.Text(" "u8);
            at++;
        }
        Console.NewLine();
    }
}
