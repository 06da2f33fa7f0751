// SPDX-License-Identifier: MIT
// Lowers table, reference and bulk instructions (spec chapters 3.4.3, 3.4.6, 3.4.7). They are rare, so one form serves all of them.
using Wamr.Nano.Core.RegisterCode;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Precompile;

internal static unsafe class LowerMisc
{
    internal static void MemorySize(Lowering* l)
    {
        uint d = Operands.Result(l, 1);
        Emit.Op(l, RegOp.MemorySize, Emit.Target(l, d));
        Emit.Finish(l, d, false);
    }

    internal static void MemoryGrow(Lowering* l)
    {
        uint a = Operands.PopSlot(l);
        Emit.Da(l, RegOp.MemoryGrow, Operands.Result(l, 1), a, 0);
    }

    /// <summary>
    /// [Misc opcode] [A B] [C D] [x] [y]: up to three operands from A on in the order they were pushed, D the result, x and y the indices.
    /// </summary>
    internal static void Lower(Lowering* l, Opcode op)
    {
        uint x = l->Instr.A, y = l->Instr.B;
        uint pops = MiscOps.Pops(op);
        // Operands go to their own slots, which are consecutive. If a byte cannot name those, three scratch slots are used.
        Operands.Flush(l, pops);
        Operands.Truncate(l, l->Count - pops, l->Height - pops);
        uint a = l->Height;
        bool pushes = MiscOps.Pushes(op);
        uint d = pushes ? Operands.Result(l, 1) : 0;
        uint near = a;
        if (a + pops > Emit.ByteSlots)
        {
            near = l->Scratch;
            for (uint i = 0; i < pops; i++) Emit.Copy(l, near + i, a + i, false);
        }
        Emit.Op(l, RegOp.Misc, (uint)op);
        // The interpreter reads all operands, even those that the opcode does not have. These are slot 0, which every frame has; a slot
        // above the topmost operand might not exist.
        Emit.Pair(l, pops > 0 ? near : 0, pops > 1 ? near + 1 : 0);
        Emit.Pair(l, pops > 2 ? near + 2 : 0, pushes ? Emit.Target(l, d) : 0);
        Emit.Unit(l, x);
        Emit.Unit(l, y);
        if (pushes) Emit.Finish(l, d, false);
    }
}
