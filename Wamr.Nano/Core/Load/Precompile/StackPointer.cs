// SPDX-License-Identifier: MIT
// Finds out whether the variable that starts where the C stack begins is the stack pointer, from the functions that set it.
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Precompile;

/// <summary>
/// Setting the stack pointer is checked, so no other variable may be mistaken for it. LLVM's functions first take their frame (global.get,
/// i32.const n, i32.sub, local.tee f), and later return it (local.get f, i32.const n, i32.add, global.set); optimisers of binaries may
/// change the signs. One such function is the proof. Also, each function that sets the variable must begin with global.get, and set it to
/// one of its own locals or to such a sum, as functions with frames of variable size do. A parameter or a loaded value could be another
/// stack.
/// </summary>
internal static unsafe class StackPointer
{
    private const uint FrameAlignment = 16;

    /// <summary>Instructions that take a frame.</summary>
    private const uint PrologueLength = 4;

    /// <summary>What is on top of the operand stack, as far as this needs to know.</summary>
    private enum Top
    {
        Other,
        Local,
        LocalAndConstant,
        Sum,
    }

    /// <summary>Examines a function that sets the variable.</summary>
    internal static void Look(Lowering* l)
    {
        Module* m = l->Module;
        if (m->StackProof == StackProof.Named) return;
        ByteReader r = Read.Over(m->Bytes, m->Bytes + l->Function->Entry, m->Bytes + m->Size);
        uint bytes = Read.U32(&r);
        r.End = r.Pos + bytes;
        FunctionLowering.PassLocals(&r);
        if (!IsUsedAsOne(l, &r)) Forget(m);
    }

    /// <summary>Called after all functions were examined: without proof, there is no stack pointer.</summary>
    internal static void Decide(Module* m)
    {
        if (m->StackProof == StackProof.None) Forget(m);
    }

    private static void Forget(Module* m)
    {
        AuxStack* aux = &m->Info->AuxStack;
        aux->Global = Module.NoIndex;
        aux->Bottom = aux->HeapBase;
        aux->Size = 0;
    }

    /// <summary>Whether a function sets it as LLVM's functions do. Notes a function that takes and returns a frame.</summary>
    private static bool IsUsedAsOne(Lowering* l, ByteReader* r)
    {
        uint pointer = l->Module->Info->AuxStack.Global;
        uint taken = 0, frame = Module.NoIndex, local = 0, constant = 0;
        Top top = Top.Other;
        for (uint at = 0; r->Pos < r->End; at++)
        {
            Instr i = default;
            InstrReader.Next(r, &i, Features.All);
            bool isSum = i.Op is Opcode.I32Add or Opcode.I32Sub;
            if (at < PrologueLength && !Takes(at, &i, pointer))
            {
                if (at == 0) return false;
                taken = 0;
            }
            else if (at == 1) taken = (uint)i.Bits;
            else if (at == 2 && i.Op == Opcode.I32Add) taken = 0 - taken;
            else if (at == 3 && taken != 0 && taken % FrameAlignment == 0) frame = i.A;
            if (i.Op is Opcode.LocalGet or Opcode.LocalTee)
            {
                local = i.A;
                top = Top.Local;
            }
            else if (i.Op == Opcode.I32Const && top == Top.Local)
            {
                constant = (uint)i.Bits;
                top = Top.LocalAndConstant;
            }
            else if (isSum && top == Top.LocalAndConstant)
            {
                if (i.Op == Opcode.I32Sub) constant = 0 - constant;
                top = Top.Sum;
            }
            else
            {
                if (i.Op == Opcode.GlobalSet && i.A == pointer)
                {
                    if (top is not (Top.Local or Top.Sum) || local < l->Type->ParamCount) return false;
                    if (top == Top.Sum && local == frame && constant == taken) l->Module->StackProof = StackProof.Frame;
                }
                top = Top.Other;
            }
        }
        return true;
    }

    /// <summary>Whether an instruction is the expected one in the sequence that takes a frame.</summary>
    private static bool Takes(uint at, Instr* i, uint pointer) => at switch
    {
        0 => i->Op == Opcode.GlobalGet && i->A == pointer,
        1 => i->Op == Opcode.I32Const,
        2 => i->Op is Opcode.I32Sub or Opcode.I32Add,
        _ => i->Op == Opcode.LocalTee,
    };
}
