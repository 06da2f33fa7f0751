// SPDX-License-Identifier: MIT
// Evaluates constant expressions (spec chapter 3.3.10, extended-const proposal) in place, in validated bytes.
using System.Runtime.CompilerServices;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Run;

internal static unsafe class ConstEval
{
    /// <summary>
    /// The bits of the value of the expression at <paramref name="r"/>, which afterwards is at the end of the expression. A 32-bit value or
    /// a reference is in the low half.
    /// </summary>
    [SkipLocalsInit] // what is read was written: clearing it took longer than the rest
    internal static ulong Value(Instance* instance, ByteReader* r)
    {
        ulong* stack = stackalloc ulong[(int)Config.MaxConstOperands];
        ulong* top = stack;
        Instr i;
        for (InstrReader.Constant(r, &i, Features.All); i.Op != Opcode.End; InstrReader.Constant(r, &i, Features.All))
        {
            switch (i.Op)
            {
                // The low half of a 64-bit sum, difference or product equals the 32-bit result.
                case Opcode.I32Add or Opcode.I64Add:
                    top--;
                    top[-1] += *top;
                    break;
                case Opcode.I32Sub or Opcode.I64Sub:
                    top--;
                    top[-1] -= *top;
                    break;
                case Opcode.I32Mul or Opcode.I64Mul:
                    top--;
                    top[-1] *= *top;
                    break;
                default:
                    *top++ = Operand(instance, &i);
                    break;
            }
        }
        return *stack;
    }

    /// <summary>Value of the expression at <paramref name="expression"/>.</summary>
    internal static ulong Value(Instance* instance, byte* expression)
    {
        Module* module = instance->Module;
        ByteReader r = Read.Over(module->Bytes, expression, module->Bytes + module->Size);
        return Value(instance, &r);
    }

    private static ulong Operand(Instance* instance, Instr* i) => i->Op switch
    {
        Opcode.GlobalGet => Globals.Load(instance, i->A),
        Opcode.RefFunc => FuncRef.Of(instance, i->A),
        Opcode.RefNull => FuncRef.Null,
        _ => i->Bits,
    };
}
