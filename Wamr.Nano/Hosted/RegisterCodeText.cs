// SPDX-License-Identifier: MIT
// Register code as text, one instruction a line: what a function was lowered to.
using System;
using System.Collections.Generic;
using System.Text;
using Wamr.Nano.Core;

namespace Wamr.Nano;

/// <summary>Disassembles register code. Slots are written r0, r1 ...; targets are unit positions.</summary>
internal static unsafe class RegisterCodeText
{
    /// <summary>Lines of one function, its header first.</summary>
    internal static IEnumerable<string> Lines(IntPtr module, uint function)
    {
        var lines = new List<string>();
        Module* m = (Module*)module;
        ushort* code = RegCode.Of(m, function);
        lines.Add($"frame {code[RegCode.FrameSlots]} slots, parameters {code[RegCode.ParamSlots]}, zeroed {code[RegCode.ZeroSlots]}, constants {code[RegCode.ConstSlots]}");
        uint at = RegCode.HeaderUnits;
        for (uint i = 0; i < code[RegCode.ConstSlots]; i++, at += 2)
            lines.Add($"  r{code[RegCode.ParamSlots] + code[RegCode.ZeroSlots] + i} = 0x{code[at] | (uint)code[at + 1] << 16:X8}");
        uint end = End(m, function);
        while (at < end)
        {
            lines.Add($"{at,6}  {Text(code, at)}");
            at += Units(code, at);
        }
        return lines;
    }

    /// <summary>Units of the instruction at a position.</summary>
    internal static uint Units(ushort* code, uint at)
    {
        byte shape = RegOpTable.ShapeOf((RegOp)(byte)code[at]);
        uint units = (uint)RegOpTable.Units(shape);
        return shape == Shape.Table ? units + code[at + 1] + 1u : units;
    }

    /// <summary>Functions follow each other in the module's block.</summary>
    private static uint End(Module* m, uint function)
    {
        ushort* start = RegCode.Of(m, function);
        ushort* end = m->Code + m->CodeSize / 2;
        for (uint i = m->ImportedFunctions; i < m->FunctionCount; i++)
        {
            ushort* other = RegCode.Of(m, i);
            if (other > start && other < end) end = other;
        }
        // Half a word of padding may follow the last instruction.
        return (uint)(end - start);
    }

    private static string Text(ushort* code, uint at)
    {
        RegOp op = (RegOp)(byte)code[at];
        uint d = (uint)code[at] >> 8;
        byte Low(int unit) => (byte)code[at + unit];
        uint High(int unit) => (uint)code[at + unit] >> 8;
        uint Unit(int unit) => code[at + unit];
        string To(int unit) => $"-> {at + unit + (short)code[at + unit]}";
        string text = RegOpTable.ShapeOf(op) switch
        {
            Shape.None => "",
            Shape.Code => $"WN{Unit(1)}",
            Shape.Off => To(1),
            Shape.Off32 => $"-> {at + 1 + (int)(Unit(1) | Unit(2) << 16)}",
            Shape.AOff => $"r{d} {To(1)}",
            Shape.Table => Table(code, at, d),
            Shape.Save => $"save r{Unit(1)}",
            Shape.ASave => $"r{d}, save r{Unit(1)}",
            Shape.SaveMany => $"{Unit(2)} slots from r{Unit(3)}, save r{Unit(1)}",
            Shape.Call or Shape.CallSave => $"func {Unit(1)}, frame r{Unit(2)}",
            Shape.CallTable or Shape.CallTableSave => $"table {Unit(3)}[r{d}], type {Unit(1)}, frame r{Unit(2)}",
            Shape.Count => Unit(1) == 0 ? $"{(RegOp)d}" : $"func {Unit(1) - 1}",
            Shape.DA16 => $"r{d}, r{Unit(1)}",
            Shape.AD16 => $"r{Unit(1)}, r{d}",
            Shape.DI16 => $"r{d}, {(short)Unit(1)}",
            Shape.DI32 => $"r{d}, 0x{Unit(1) | Unit(2) << 16:X8}",
            Shape.DI64 => $"r{d}, 0x{Unit(4):X4}{Unit(3):X4}{Unit(2):X4}{Unit(1):X4}",
            Shape.DABC => $"r{d}, r{Low(1)}, r{High(1)}, r{Low(2)}",
            Shape.DGlobal or Shape.DImport => $"r{d}, global {Unit(1)}",
            Shape.AGlobal or Shape.AImport => $"global {Unit(1)}, r{d}",
            Shape.D => $"r{d}",
            Shape.DA => $"r{d}, r{Low(1)}",
            Shape.DAB => $"r{d}, r{Low(1)}, r{High(1)}",
            Shape.DAI8 => $"r{d}, r{Low(1)}, {(sbyte)High(1)}",
            Shape.DABK => $"r{d}, r{Low(1)}, r{High(1)} << {Low(2)}",
            Shape.ABOff => $"r{d}, r{Low(1)} {To(2)}",
            Shape.AI16Off => $"r{d}, {(short)Unit(1)} {To(2)}",
            Shape.Load => $"r{d}, [r{Low(1)} + {Unit(2)}]",
            Shape.LoadAt => $"r{d}, [r{Low(1)} + r{High(1)} + {Unit(2)}]",
            Shape.Store => $"[r{Low(1)} + {Unit(2)}], r{d}",
            Shape.StoreAt => $"[r{Low(1)} + r{High(1)} + {Unit(2)}], r{d}",
            Shape.Far => $"r{d}, r{Low(1)} + {Unit(2) | Unit(3) << 16} for {High(1)}",
            Shape.Num => $"{(Opcode)d} r{Low(1)}, r{High(1)}, r{Low(2)}",
            _ => $"{(Opcode)d} r{Low(1)}, r{High(1)}, r{Low(2)} -> r{High(2)}, {Unit(3)}, {Unit(4)}",
        };
        return $"{op} {text}".TrimEnd();
    }

    private static string Table(ushort* code, uint at, uint index)
    {
        var text = new StringBuilder($"r{index}:");
        for (uint i = at + 2; i <= at + 2 + code[at + 1]; i++) text.Append($" {i + (short)code[i]}");
        return text.ToString();
    }
}
