// SPDX-License-Identifier: MIT
// Register code with a second opcode byte: table, bulk and reference instructions, and the rarer numeric ones.
using Wamr.Nano.Core.Numeric;
using Wamr.Nano.Core.Run;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Engine.Interpreter;

internal static unsafe class OutOfLine
{
    /// <summary>
    /// Executes one numeric instruction on slots. Ignores the second operand if there is none. Reads everything before it writes.
    /// </summary>
    internal static WasmError Numeric(Opcode op, uint* d, uint* a, uint* b)
    {
        if (op is >= Opcode.I64Clz and <= Opcode.I64RemU or >= Opcode.I64Extend8S and <= Opcode.I64Extend32S)
            return Integer64.Evaluate(op, d, a, b);
        if (op <= Opcode.F64Copysign) return Floats.Evaluate(op, d, a, b);
        return op < Opcode.I64Add128 ? Conversions.Evaluate(op, d, a) : Integer128.Evaluate(op, d, a, b);
    }

    /// <summary>[Misc opcode] [A B] [C D] [x] [y]: see LowerMisc.</summary>
    internal static WasmError Misc(ExecEnv* env, byte* pc, uint* fp)
    {
        uint x = *(ushort*)(pc + 6), y = *(ushort*)(pc + 8);
        return RuntimeInstr.Execute(env, (Opcode)pc[1], x, y, fp[pc[2]], fp[pc[3]], fp[pc[4]], fp + pc[5]);
    }
}
