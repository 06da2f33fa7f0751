// SPDX-License-Identifier: MIT
// Disassembly of register code: one line an instruction, laid out by the core's table of shapes.
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.Tool.Dump;

internal static unsafe class RegisterListing
{
    /// <summary>Lines of a defined function: its frame, its constants, its instructions. Offsets are units from its header.</summary>
    internal static IEnumerable<Line> Function(NanoModule module, uint index) =>
        Function(RegCode.Of(module.Pointer, index), End(module.Pointer, index));

    /// <summary>The same of code that lies anywhere, from its header to where the next function's begins.</summary>
    internal static IEnumerable<Line> Function(ushort* code, ushort* end)
    {
        List<Line> lines = [];
        uint constants = code[RegCode.ConstSlots], parameters = code[RegCode.ParamSlots], locals = code[RegCode.ZeroSlots];
        lines.Add(new(0, $"  frame of {code[RegCode.FrameSlots]} slots: {parameters} parameters, {locals} locals, {constants} constants"));
        ushort* at = code + RegCode.HeaderUnits;
        for (uint n = 0; n < constants; n++, at += 2)
            lines.Add(new((uint)(at - code), $"  r{parameters + locals + n} = 0x{at[0] | (uint)at[1] << 16:x}"));
        while (at < end)
        {
            uint position = (uint)(at - code);
            RegOp op = (RegOp)(*at & 0xFF);
            byte shape = RegOpTable.ShapeOf(op);
            // A function begins at a multiple of two units: one may be left.
            if (at + RegOpTable.Units(shape) > end) break;
            lines.Add(new(position, $"  {Name(op, at)} {Operands(shape, at, position)}".TrimEnd()));
            at += RegOpTable.Units(shape) + (shape == Shape.Table ? at[1] + 1 : 0);
        }
        return lines;
    }

    /// <summary>Where the code of the function with the next higher address begins, or all code ends.</summary>
    private static ushort* End(Module* module, uint index)
    {
        ushort* end = module->Code + module->CodeSize / sizeof(ushort);
        for (uint i = module->ImportedFunctions; i < module->FunctionCount; i++)
        {
            ushort* other = RegCode.Of(module, i);
            if (other > RegCode.Of(module, index) && other < end) end = other;
        }
        return end;
    }

    private static string Name(RegOp op, ushort* at) =>
        op is RegOp.Numeric or RegOp.Misc ? Mnemonic.Of((Opcode)(*at >> 8)) : Mnemonic.Of(op.ToString());

    private static string Operands(byte shape, ushort* at, uint position)
    {
        int d = at[0] >> 8;
        bool single = RegOpTable.Units(shape) == 1;
        int a = single ? 0 : Low(at[1]), b = single ? 0 : High(at[1]);
        return shape switch
        {
            Shape.None => "",
            Shape.Code => ((WasmError)at[1]).ToString(),
            Shape.Off => To(1),
            Shape.Off32 => $"-> {position + 1 + (at[1] | at[2] << 16):x6}",
            Shape.AOff => $"r{d} {To(1)}",
            Shape.Table => $"r{d} {string.Join(' ', Enumerable.Range(2, at[1] + 1).Select(To))}",
            Shape.Save => "",
            Shape.ASave => $"r{d}",
            Shape.SaveMany => $"{at[2]} from r{at[3]}",
            Shape.Call or Shape.CallSave => $"function {at[1]} frame r{at[2]}",
            Shape.CallTable or Shape.CallTableSave => $"r{d} type {at[1]} frame r{at[2]} table {at[3]}",
            Shape.Count => ((RegOp)d).ToString(),
            Shape.Fuel => $"{d}",
            Shape.DA16 => $"r{d} = r{at[1]}",
            Shape.AD16 => $"r{at[1]} = r{d}",
            Shape.DI16 => $"r{d} = {(short)at[1]}",
            Shape.DI32 => $"r{d} = 0x{at[1] | (uint)at[2] << 16:x}",
            Shape.DI64 => $"r{d} = 0x{at[1] | (ulong)at[2] << 16 | (ulong)at[3] << 32 | (ulong)at[4] << 48:x}",
            Shape.DABC => $"r{d} = r{a} r{b} if r{Low(at[2])}",
            Shape.DGlobal or Shape.DImport => $"r{d} = global {at[1]}",
            Shape.AGlobal or Shape.AImport => $"global {at[1]} = r{d}",
            Shape.D => $"r{d}",
            Shape.DA => $"r{d} = r{a}",
            Shape.DAB => $"r{d} = r{a} r{b}",
            Shape.DAI8 => $"r{d} = r{a} {(sbyte)b}",
            Shape.DABK => $"r{d} = r{a} r{b} << {Low(at[2])}",
            Shape.ABOff => $"r{d} r{a} {To(2)}",
            Shape.AI16Off => $"r{d} {(short)at[1]} {To(2)}",
            Shape.Load => $"r{d} = [r{a}, end {at[2]}]",
            Shape.LoadAt => $"r{d} = [r{a} + r{b}, end {at[2]}]",
            Shape.Store => $"[r{a}, end {at[2]}] = r{d}",
            Shape.StoreAt => $"[r{a} + r{b}, end {at[2]}] = r{d}",
            Shape.Far => $"r{d} = r{a} + {at[2] | (uint)at[3] << 16}, {b} B",
            Shape.Num => $"r{a} = r{b} r{Low(at[2])}",
            _ => $"r{a} r{b} r{Low(at[2])} r{High(at[2])} {at[3]} {at[4]}",
        };

        // An offset counts from its own unit.
        string To(int unit) => $"-> {position + unit + (short)at[unit]:x6}";
    }

    private static int Low(ushort unit) => unit & 0xFF;

    private static int High(ushort unit) => unit >> 8;
}
