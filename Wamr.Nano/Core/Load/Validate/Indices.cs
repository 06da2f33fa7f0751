// SPDX-License-Identifier: MIT
// Immediates of plain instructions (spec chapters 3.3.6, 3.3.7): memories, tables and segments exist and fit each other; no alignment
// exceeds the natural one.
using Wamr.Nano.Core.Load.Sections;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Validate;

internal static unsafe class Indices
{
    internal static void Check(Validation* v, byte imm)
    {
        Instr* i = &v->Instr;
        switch (imm)
        {
            case Imm.MemArg:
                Memory(v, 0);
                if (i->A > OpTable.AlignLog2((int)i->Op)) Validator.Fail(v, WasmError.AlignmentTooLarge, i->A);
                break;
            case Imm.Memory:
                Memory(v, i->A);
                if (i->Op != Opcode.MemoryFill) v->Module->Info->Memory.MayGrow = 1;
                break;
            case Imm.MemoryMemory:
                Memory(v, i->A);
                Memory(v, i->B);
                break;
            case Imm.DataMemory:
                Data(v, i->A);
                Memory(v, i->B);
                break;
            case Imm.Data:
                Data(v, i->A);
                break;
            case Imm.Elem:
                Element(v, i->A);
                break;
            case Imm.ElemTable:
                Match(v, Element(v, i->A), Table(v, i->B));
                break;
            case Imm.Table:
                Table(v, i->A);
                break;
            case Imm.TableTable:
                Match(v, Table(v, i->A), Table(v, i->B));
                break;
            default: // constants
                break;
        }
    }

    private static void Memory(Validation* v, uint index)
    {
        if (index >= v->Module->Info->Memory.Present) Validator.Fail(v, WasmError.UnknownMemory, index);
    }

    /// <summary>
    /// The data section follows the code, so a reader in one pass needs the data count to know the segments (spec chapter 5.5.16).
    /// </summary>
    private static void Data(Validation* v, uint index)
    {
        if (index >= v->Module->DataCount) Validator.Fail(v, WasmError.UnknownDataSegment, index);
        else if (v->Load.Sections[(int)SectionId.DataCount].Items == null) Validator.Fail(v, WasmError.DataCountMissing);
    }

    /// <summary>Element type of a table, or unknown.</summary>
    private static ValType Table(Validation* v, uint index)
    {
        if (index < v->Module->TableCount) return v->Module->Tables[index].ElemType;
        Validator.Fail(v, WasmError.UnknownTable, index);
        return ValType.Unknown;
    }

    /// <summary>Type of an element segment, or unknown.</summary>
    private static ValType Element(Validation* v, uint index)
    {
        if (index >= v->Module->ElemCount)
        {
            Validator.Fail(v, WasmError.UnknownElemSegment, index);
            return ValType.Unknown;
        }
        return ElemSegments.Type(v->Module, index);
    }

    private static void Match(Validation* v, ValType a, ValType b)
    {
        if (a != b) Validator.Fail(v, WasmError.TypeMismatch);
    }
}
