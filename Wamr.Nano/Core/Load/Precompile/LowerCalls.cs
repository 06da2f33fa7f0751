// SPDX-License-Identifier: MIT
// Lowers calls (spec chapter 3.4.10): arguments in consecutive slots become the callee's frame, results come back there.
using Wamr.Nano.Core.RegisterCode;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Precompile;

internal static unsafe class LowerCalls
{
    internal static void Call(Lowering* l, uint function, bool tail)
    {
        FuncType* type = &l->Module->Types[l->Module->Functions[function].TypeIndex];
        bool import = function < l->Module->ImportedFunctions;
        uint frame = Arguments(l, type);
        // The host or another instance cannot take over a frame, so this calls the function, and then returns.
        bool reuse = tail && !import;
        Emit.Op(l, import ? RegOp.CallImport : reuse ? RegOp.TailCall : RegOp.Call, 0);
        Emit.Unit(l, function);
        Emit.Unit(l, frame);
        if (reuse) Emit.Unit(l, l->SaveSlot);
        Results(l, type);
        if (reuse) LowerControl.Die(l);
        else if (tail) Return(l);
    }

    internal static void Indirect(Lowering* l, bool tail)
    {
        uint index = l->Instr.A, table = l->Instr.B;
        FuncType* type = &l->Module->Types[index];
        Operand element = *Operands.Pop(l);
        uint own = l->Height;
        uint frame = Arguments(l, type);
        uint slot = Emit.Source(l, Operands.SlotOf(l, &element, own), false, 0);
        Emit.Op(l, tail ? RegOp.TailCallIndirect : RegOp.CallIndirect, slot);
        Emit.Unit(l, type->Canonical);
        Emit.Unit(l, frame);
        Emit.Unit(l, table);
        if (tail) Emit.Unit(l, l->SaveSlot);
        Results(l, type);
        // If the element belongs to the host or to another instance, the call comes back, and the return follows.
        if (tail) Return(l);
    }

    /// <summary>Puts the arguments into their slots and pops them; returns the first of these slots.</summary>
    private static uint Arguments(Lowering* l, FuncType* type)
    {
        Operands.Flush(l, type->ParamCount);
        Operands.Truncate(l, l->Count - type->ParamCount, l->Height - type->ParamSlots);
        return l->Height;
    }

    private static void Results(Lowering* l, FuncType* type)
    {
        for (uint i = 0; i < type->ResultCount; i++) Operands.PushTemp(l, ValTypes.Slots((ValType)FuncTypes.Results(type)[i]));
    }

    private static void Return(Lowering* l)
    {
        LowerControl.Return(l);
        LowerControl.Die(l);
    }
}
