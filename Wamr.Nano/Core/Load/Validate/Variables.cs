// SPDX-License-Identifier: MIT
// Local and global variables (spec chapter 3.3.5).
using System.Runtime.CompilerServices;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Validate;

internal static unsafe class Variables
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void LocalGet(Validation* v)
    {
        uint index = v->Instr.A;
        if (index < v->LocalCount) OperandStack.Push(v, Locals.TypeOf(v, index));
        else Unknown(v, index);
    }

    internal static void LocalSet(Validation* v)
    {
        uint index = v->Instr.A;
        if (index < v->LocalCount) OperandStack.Pop(v, Locals.TypeOf(v, index));
        else Unknown(v, index);
    }

    internal static void LocalTee(Validation* v)
    {
        LocalSet(v);
        LocalGet(v);
    }

    internal static void GlobalGet(Validation* v)
    {
        Global* global = Global(v);
        if (global != null) OperandStack.Push(v, global->Type);
    }

    internal static void GlobalSet(Validation* v)
    {
        Global* global = Global(v);
        if (global == null) return;
        if (global->Mutable == 0) Validator.Fail(v, WasmError.ImmutableGlobal, v->Instr.A);
        OperandStack.Pop(v, global->Type);
    }

    private static Global* Global(Validation* v)
    {
        uint index = v->Instr.A;
        if (index < v->Module->GlobalCount) return &v->Module->Globals[index];
        Validator.Fail(v, WasmError.UnknownGlobal, index);
        return null;
    }

    private static void Unknown(Validation* v, uint index) => Validator.Fail(v, WasmError.UnknownLocal, index);
}
