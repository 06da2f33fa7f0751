// SPDX-License-Identifier: MIT
// A module with one memory, table or global (spec chapter 5.5). For the core, a definition of the host is an instance like any other.
using System.Collections.Generic;
using System.Text;
using Wamr.Nano.Core;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano;

internal static class HostModule
{
    private const byte TableSection = 4, MemorySection = 5, GlobalSection = 6, ExportSection = 7;

    internal static byte[] Memory(string name, uint min, uint? max, uint pageBytes)
    {
        const byte customPage = 8;
        List<byte> type = Limits(min, max);
        if (pageBytes != 1u << Config.PageShift)
        {
            type[0] |= customPage;
            Leb.Add(type, (uint)int.Log2((int)pageBytes));
        }
        return Module(MemorySection, [.. type], name, ExternKind.Memory);
    }

    internal static byte[] Table(string name, WasmType type, uint min, uint? max) =>
        Module(TableSection, [(byte)type, .. Limits(min, max)], name, ExternKind.Table);

    /// <summary>A global with the value 0 or null. Its initial value is stored when it exists.</summary>
    internal static byte[] Global(string name, WasmType type, bool isMutable)
    {
        byte[] zero = type switch
        {
            WasmType.I32 => [(byte)Opcode.I32Const, 0],
            WasmType.I64 => [(byte)Opcode.I64Const, 0],
            WasmType.F32 => [(byte)Opcode.F32Const, 0, 0, 0, 0],
            WasmType.F64 => [(byte)Opcode.F64Const, 0, 0, 0, 0, 0, 0, 0, 0],
            _ => [(byte)Opcode.RefNull, (byte)type],
        };
        return Module(GlobalSection, [(byte)type, isMutable ? (byte)1 : (byte)0, .. zero, (byte)Opcode.End], name, ExternKind.Global);
    }

    private static byte[] Module(byte section, byte[] item, string name, ExternKind kind)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(name);
        List<byte> export = [];
        Leb.Add(export, (uint)utf8.Length);
        export.AddRange([.. utf8, (byte)kind, 0]);
        List<byte> module = [.. "\0asm"u8, 1, 0, 0, 0];
        Section(module, section, item);
        Section(module, ExportSection, [.. export]);
        return [.. module];
    }

    /// <summary>A section with one item.</summary>
    private static void Section(List<byte> module, byte id, byte[] item)
    {
        module.Add(id);
        Leb.Add(module, (uint)item.Length + 1);
        module.Add(1);
        module.AddRange(item);
    }

    private static List<byte> Limits(uint min, uint? max)
    {
        List<byte> limits = [max == null ? (byte)0 : (byte)1];
        Leb.Add(limits, min);
        if (max is uint most) Leb.Add(limits, most);
        return limits;
    }
}
