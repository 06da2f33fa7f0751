// SPDX-License-Identifier: MIT
// Register code with a second opcode byte: table, bulk and reference instructions, and where each rarer numeric one is.
namespace Wamr.Nano.Core;

internal static unsafe class Rare
{
    /// <summary>One numeric instruction on slots: a second operand where it has one. Reads everything before it writes.</summary>
    internal static WasmError Numeric(Opcode op, uint* d, uint* a, uint* b)
    {
        if (op is >= Opcode.I64Clz and <= Opcode.I64RemU or >= Opcode.I64Extend8S and <= Opcode.I64Extend32S) return Integer64.Run(op, d, a, b);
        if (op <= Opcode.F32Copysign) return Float32.Run(op, d, a, b);
        if (op <= Opcode.F64Copysign) return Float64.Run(op, d, a, b);
        return Conversions.Run(op, d, a);
    }

    /// <summary>[Misc opcode] [A B] [C D] [x] [y]: see LowerMisc.</summary>
    internal static WasmError Misc(Instance* instance, byte* pc, uint* fp)
    {
        uint a = fp[pc[2]], b = fp[pc[3]], c = fp[pc[4]];
        uint* d = fp + pc[5];
        uint x = *(ushort*)(pc + 6), y = *(ushort*)(pc + 8);
        switch ((Opcode)pc[1])
        {
            case Opcode.TableGet: return Tables.Get(instance, x, a, d);
            case Opcode.TableSet: return Tables.Set(instance, x, a, b);
            case Opcode.RefFunc: *d = FuncRef.Of(instance, x); break;
            case Opcode.MemoryInit: return Memories.Init(instance, x, a, b, c);
            case Opcode.DataDrop: Segments.DropData(instance, x); break;
            case Opcode.MemoryCopy: return Memories.Copy(instance->Memory, a, b, c);
            case Opcode.MemoryFill: return Memories.Fill(instance->Memory, a, b, c);
            case Opcode.TableInit: return Tables.Init(instance, y, x, a, b, c);
            case Opcode.ElemDrop: Segments.DropElem(instance, x); break;
            case Opcode.TableCopy: return Tables.Copy(instance, x, y, a, b, c);
            case Opcode.TableGrow: *d = Tables.Grow(instance, x, a, b); break;
            case Opcode.TableSize: *d = instance->Tables[x]->Size; break;
            case Opcode.TableFill: return Tables.Fill(instance, x, a, b, c);
            default: return WasmError.BadRegisterCode;
        }
        return WasmError.None;
    }

    /// <summary>Checks the element that call_indirect is about to call, and its type (spec chapter 4.4.8).</summary>
    internal static WasmError Element(Instance* instance, TableInst* table, uint index, uint type)
    {
        if (index >= table->Size) return WasmError.UndefinedElement;
        uint reference = table->Elements[index];
        if (reference == FuncRef.Null) return WasmError.UninitializedElement;
        Instance* other = FuncRef.InstanceOf(instance->Module->Runtime, reference);
        // A reference that came through the host may name an instance or a function that is not there.
        if (other == null || FuncRef.FunctionOf(reference) >= other->Module->FunctionCount) return WasmError.UninitializedElement;
        Module* module = other->Module;
        FuncType* found = &module->Types[module->Functions[FuncRef.FunctionOf(reference)].TypeIndex];
        return FuncTypes.Equal(found, &instance->Module->Types[type]) ? WasmError.None : WasmError.IndirectCallTypeMismatch;
    }
}
