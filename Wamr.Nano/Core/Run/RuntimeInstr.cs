// SPDX-License-Identifier: MIT
// Instructions that every engine leaves to the runtime: on tables, segments and blocks of memory (spec chapters 4.4.6, 4.4.7).
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Run;

internal static unsafe class RuntimeInstr
{
    /// <summary>The result of growing if it fails.</summary>
    private const uint Failed = 0xFFFFFFFF;

    /// <summary>
    /// Executes one instruction with indices <paramref name="x"/> and <paramref name="y"/>. The operands are in the order in which they
    /// were pushed; a result goes to <paramref name="d"/>.
    /// </summary>
    internal static WasmError Execute(ExecEnv* env, Opcode op, uint x, uint y, uint a, uint b, uint c, uint* d)
    {
        Instance* instance = env->Instance;
        switch (op)
        {
            case Opcode.TableGet: return Tables.Get(instance, x, a, d);
            case Opcode.TableSet: return Tables.Set(instance, x, a, b);
            case Opcode.RefFunc: *d = FuncRef.Of(instance, x); break;
            case Opcode.MemoryInit: return Paid(env, c, Memories.Init(instance, x, a, b, c));
            case Opcode.DataDrop: Segments.DropData(instance, x); break;
            case Opcode.MemoryCopy: return Paid(env, c, Memories.Copy(instance->Memory, a, b, c));
            case Opcode.MemoryFill: return Paid(env, c, Memories.Fill(instance->Memory, a, b, c));
            case Opcode.TableInit: return Paid(env, c == 0 ? 0 : b + c, Tables.Init(instance, y, x, a, b, c));
            case Opcode.ElemDrop: Segments.DropElem(instance, x); break;
            case Opcode.TableCopy: return Paid(env, c, Tables.Copy(instance, x, y, a, b, c));
            case Opcode.TableGrow:
                *d = Tables.Grow(instance, x, a, b);
                return Paid(env, b == 0 || *d == Failed ? 0 : instance->Tables[x]->Size, WasmError.None);
            case Opcode.TableSize: *d = instance->Tables[x]->Size; break;
            case Opcode.TableFill: return Paid(env, c, Tables.Fill(instance, x, a, b, c));
            default: return WasmError.BadRegisterCode;
        }
        return WasmError.None;
    }

    /// <summary>memory.grow, which may move the memory. Returns the former number of pages, or <see cref="Failed"/>.</summary>
    internal static uint GrowMemory(ExecEnv* env, uint pages)
    {
        MemoryInst* memory = env->Instance->Memory;
        uint before = Memories.Grow(memory, pages);
        if (pages != 0 && before != Failed) Fuel.Charge(env, memory->Size / Fuel.BytesPerUnit);
        return before;
    }

    /// <summary>Takes fuel for bytes that were copied or filled, because that took time without a poll.</summary>
    private static WasmError Paid(ExecEnv* env, uint length, WasmError error)
    {
        if (error == WasmError.None) Fuel.Charge(env, length / Fuel.BytesPerUnit);
        return error;
    }
}
