// SPDX-License-Identifier: MIT
// Functions called and globals read by a test script, and their answers.
using Wamr.Nano.Core;

namespace Wamr.Nano.Boards;

internal static unsafe class SpecCalls
{
    internal static void Invoke(SpecState* s, SpecModule* m, uint length)
    {
        uint count = ByteStream.Word(&s->In);
        for (uint i = 0; i < count; i++)
        {
            uint slot = ByteStream.Word(&s->In);
            if (i < SpecState.MaxSlots) s->Slots[i] = slot;
        }
        uint index;
        if (!Find(m, s->Name, length, ExternKind.Func, &index))
        {
            ByteStream.PutHalf(&s->Out, (uint)WasmError.UnknownExport);
            return;
        }
        WasmError error = Call(s, m->Instance, index);
        ByteStream.PutHalf(&s->Out, (uint)error);
        if (error != WasmError.None) return;
        FuncType* type = &m->Loaded->Types[m->Loaded->Functions[index].TypeIndex];
        ByteStream.Put(&s->Out, (byte)type->ResultCount);
        uint* at = s->Slots;
        for (uint i = 0; i < type->ResultCount; i++) at += Put(s, (ValType)FuncTypes.Results(type)[i], at);
    }

    internal static void Global(SpecState* s, SpecModule* m, uint length)
    {
        uint index;
        if (!Find(m, s->Name, length, ExternKind.Global, &index))
        {
            ByteStream.PutHalf(&s->Out, (uint)WasmError.UnknownExport);
            return;
        }
        ByteStream.PutHalf(&s->Out, 0);
        Put(s, m->Loaded->Globals[index].Type, Globals.Cell(m->Instance, index));
    }

    private static WasmError Call(SpecState* s, Instance* instance, uint function)
    {
        ExecEnv* env;
        WasmError error = ExecEnvs.Create(instance, 0, &env);
        if (error != WasmError.None) return error;
        error = instance->Module->Run(env, function, s->Slots);
        ExecEnvs.Free(env);
        return error;
    }

    private static bool Find(SpecModule* m, byte* name, uint length, ExternKind wanted, uint* index)
    {
        ExternKind kind;
        return m != null && m->Instance != null && Exports.Find(m->Loaded, name, length, &kind, index) && kind == wanted;
    }

    /// <summary>Answers with a value.</summary>
    /// <returns>The slots it takes.</returns>
    private static uint Put(SpecState* s, ValType type, uint* at)
    {
        uint slots = ValTypes.Slots(type);
        ByteStream.Put(&s->Out, (byte)type);
        ByteStream.PutWord(&s->Out, at[0]);
        ByteStream.PutWord(&s->Out, slots == 2 ? at[1] : 0);
        return slots;
    }
}
