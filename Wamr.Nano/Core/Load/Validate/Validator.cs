// SPDX-License-Identifier: MIT
// Validates function bodies (spec chapter 3.3, appendix "Validation Algorithm"): the loop over the instructions, and all plain ones.
using System.Runtime.CompilerServices;
using Wamr.Nano.Core.Load.Sections;
using Wamr.Nano.Core.RegisterCode;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Validate;

internal static unsafe class Validator
{
    /// <summary>
    /// Validates the body at <paramref name="r"/>, which must end with the function, and sets its <see cref="Function.MaxStack"/>. The
    /// reader receives a failure.
    /// </summary>
    internal static void Function(Validation* v, ByteReader* r, uint index)
    {
        Module* module = v->Load.Module;
        Function* function = &module->Functions[index];
        v->Reader = r;
        v->Type = &module->Types[function->TypeIndex];
        v->Instr.Start = r->Pos;
        Locals.Declare(v);
        v->Slots = 0;
        v->MaxSlots = 0;
        v->Depth = 0;
        if (r->Error != WasmError.None) return;

        // For branches, the function is a block with its results. Its parameters are locals, not operands.
        ControlStack.Push(v, Opcode.Block, v->Type, null);
        while (v->Depth != 0 && r->Error == WasmError.None) Instruction(v);
        if (r->Pos != r->End) Read.Fail(r, WasmError.BodyEndMismatch);
        if (v->LocalSlots + v->MaxSlots > Config.MaxFrameSlots) Fail(v, WasmError.TooManySlots, v->LocalSlots + v->MaxSlots);
        function->MaxStack = (ushort)v->MaxSlots;
    }

    /// <summary>Frees the stacks.</summary>
    internal static void Release(Validation* v)
    {
        Loads.Free(&v->Load, v->Types);
        Loads.Free(&v->Load, v->Controls);
        Loads.Free(&v->Load, v->Runs);
    }

    /// <summary>Keeps the first failure, at the instruction being validated.</summary>
    internal static void Fail(Validation* v, WasmError error) => Read.FailAt(v->Reader, error, v->Instr.Start);

    internal static void Fail(Validation* v, WasmError error, uint value) => Read.FailValue(v->Reader, error, v->Instr.Start, value);

    private static void Instruction(Validation* v)
    {
        InstrReader.Next(v->Reader, &v->Instr, v->Load.Features);
        if (v->Reader->Error != WasmError.None) return;
        int op = (int)v->Instr.Op;
        if (v->Instr.Op == Opcode.LocalGet)
        {
            Variables.LocalGet(v);
            return;
        }
        uint signature = OpTable.Signature(op);
        if (signature == Sig.Special)
        {
            Special(v);
            return;
        }
        byte imm = OpTable.Immediates(op);
        if (imm != Imm.None) Indices.Check(v, imm);
        Plain(v, signature);
    }

    /// <summary>Pops and pushes the types of a signature.</summary>
    private static void Plain(Validation* v, uint signature)
    {
        if (signature >= Sig.ThirdI32)
        {
            OperandStack.Pop(v, ValType.I32);
            signature -= Sig.ThirdI32;
        }
        uint result = signature / Sig.Result;
        uint operands = signature - result * Sig.Result;
        if (operands >= Sig.Second) OperandStack.Pop(v, TypeOf(operands / Sig.Second));
        if (operands != 0) OperandStack.Pop(v, TypeOf(operands % Sig.Second));
        if (result != 0) OperandStack.Push(v, TypeOf(result));
    }

    /// <summary>The type for a digit of a signature. The encodings of numeric types are consecutive.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ValType TypeOf(uint digit) => (ValType)((uint)ValType.I32 + 1 - digit);

    /// <summary>Validates instructions whose effect depends on the module or on the stack.</summary>
    private static void Special(Validation* v)
    {
        switch (v->Instr.Op)
        {
            case Opcode.Unreachable: OperandStack.Unreachable(v); break;
            case Opcode.Nop: break;
            case Opcode.Block or Opcode.Loop or Opcode.If: Blocks.Open(v); break;
            case Opcode.Else: Blocks.Else(v); break;
            case Opcode.End: Blocks.End(v); break;
            case Opcode.Br: Branches.Br(v); break;
            case Opcode.BrIf: Branches.BrIf(v); break;
            case Opcode.BrTable: Branches.BrTable(v); break;
            case Opcode.Return: Branches.Return(v); break;
            case Opcode.Call: Calling.Call(v); break;
            case Opcode.CallIndirect: Calling.CallIndirect(v); break;
            case Opcode.ReturnCall: Calling.ReturnCall(v); break;
            case Opcode.ReturnCallIndirect: Calling.ReturnCallIndirect(v); break;
            case Opcode.Drop: OperandStack.Pop(v); break;
            case Opcode.Select: Selection.Select(v); break;
            case Opcode.SelectT: Selection.SelectTyped(v); break;
            case Opcode.LocalSet: Variables.LocalSet(v); break;
            case Opcode.LocalTee: Variables.LocalTee(v); break;
            case Opcode.GlobalGet: Variables.GlobalGet(v); break;
            case Opcode.GlobalSet: Variables.GlobalSet(v); break;
            case >= Opcode.I64Add128: Wide(v); break;
            default: References.Instruction(v); break;
        }
    }

    /// <summary>Wide arithmetic: the only plain instructions with more than one result.</summary>
    private static void Wide(Validation* v)
    {
        for (uint n = 0; n < 2 * NumericOps.WideOperands(v->Instr.Op); n++) OperandStack.Pop(v, ValType.I64);
        for (uint n = 0; n < NumericOps.WideResults; n++) OperandStack.Push(v, ValType.I64);
    }
}
