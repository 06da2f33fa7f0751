// SPDX-License-Identifier: MIT
// Constant expressions (spec chapter 3.3.10, with extended constants): offsets of segments, initial values of globals, elements.
using System.Runtime.CompilerServices;

namespace Wamr.Nano.Core.Wasm;

internal static unsafe class ConstExpr
{
    /// <summary>
    /// Validates the expression at <paramref name="r"/>, including its end. It may use immutable globals that are imported or defined
    /// before, and at most <see cref="Config.MaxConstOperands"/> operands.
    /// </summary>
    /// <param name="module">The module, whose types and globals are known.</param>
    /// <param name="r">The reader, which also receives a failure.</param>
    /// <param name="features">Accepted features.</param>
    /// <param name="expected">Type of the value.</param>
    /// <param name="globals">The number of globals that may be used.</param>
    /// <param name="declared">One bit per function, set for those that the expression names; null if not needed.</param>
    [SkipLocalsInit] // images have many of these: clearing what is read into took a tenth of loading one
    internal static void Validate(Module* module, ByteReader* r, Features features, ValType expected, uint globals, byte* declared)
    {
        ValType* stack = stackalloc ValType[(int)Config.MaxConstOperands];
        uint depth = 0;
        Instr i;
        for (InstrReader.Constant(r, &i, features); r->Error == WasmError.None; InstrReader.Constant(r, &i, features))
        {
            if (i.Op == Opcode.End)
            {
                if (depth != 1 || stack[0] != expected) Read.FailAt(r, WasmError.TypeMismatch, i.Start);
                return;
            }
            if (IsArithmetic(i.Op))
            {
                Arithmetic(r, &i, stack, depth, features);
                depth--;
                continue;
            }
            if (depth == Config.MaxConstOperands)
            {
                Read.FailAt(r, WasmError.ConstExpressionTooLarge, i.Start);
                return;
            }
            stack[depth++] = Operand(module, r, &i, globals, declared);
        }
    }

    /// <summary>Skips a valid expression.</summary>
    [SkipLocalsInit] // as above
    internal static void Skip(ByteReader* r, Features features)
    {
        Instr i;
        do InstrReader.Constant(r, &i, features);
        while (i.Op != Opcode.End && r->Error == WasmError.None);
    }

    /// <summary>Notes that a function is named outside function bodies.</summary>
    internal static void Declare(byte* declared, uint function) => declared[function >> 3] |= (byte)(1 << (int)(function & 7));

    private static bool IsArithmetic(Opcode op) =>
        op is Opcode.I32Add or Opcode.I32Sub or Opcode.I32Mul or Opcode.I64Add or Opcode.I64Sub or Opcode.I64Mul;

    /// <summary>Pops two operands and pushes one of the same type, so the lower one stays in place.</summary>
    private static void Arithmetic(ByteReader* r, Instr* i, ValType* stack, uint depth, Features features)
    {
        Read.Require(r, Features.ExtendedConst, features, i->Start);
        ValType type = i->Op >= Opcode.I64Add ? ValType.I64 : ValType.I32;
        if (depth < 2 || stack[depth - 1] != type || stack[depth - 2] != type) Read.FailAt(r, WasmError.TypeMismatch, i->Start);
    }

    /// <summary>The type that any other instruction pushes.</summary>
    private static ValType Operand(Module* module, ByteReader* r, Instr* i, uint globals, byte* declared)
    {
        switch (i->Op)
        {
            case Opcode.I32Const: return ValType.I32;
            case Opcode.I64Const: return ValType.I64;
            case Opcode.F32Const: return ValType.F32;
            case Opcode.F64Const: return ValType.F64;
            case Opcode.RefNull: return (ValType)i->A;
            case Opcode.RefFunc:
                if (i->A >= module->FunctionCount) Read.FailValue(r, WasmError.UnknownFunction, i->Start, i->A);
                else if (declared != null) Declare(declared, i->A);
                return ValType.FuncRef;
            case Opcode.GlobalGet:
                return Global(module, r, i, globals);
            default:
                Read.FailAt(r, WasmError.ConstantExpressionRequired, i->Start);
                return ValType.Unknown;
        }
    }

    private static ValType Global(Module* module, ByteReader* r, Instr* i, uint globals)
    {
        if (i->A >= globals)
        {
            Read.FailValue(r, WasmError.UnknownGlobal, i->Start, i->A);
            return ValType.Unknown;
        }
        Global* global = &module->Globals[i->A];
        if (global->Mutable != 0) Read.FailValue(r, WasmError.ConstantExpressionRequired, i->Start, i->A);
        return global->Type;
    }
}
