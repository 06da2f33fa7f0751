// SPDX-License-Identifier: MIT
// Functions called and globals read by a test script, and their answers.

namespace Wamr.Nano.Boards;

internal static unsafe class SpecCalls
{
    internal static void Invoke(SpecState* s, SpecModule* m)
    {
        uint index;
        bool found = Find(s, m, ExternKind.Func, &index);
        uint count = ByteStream.Word(&s->In);
        FuncType* type = found ? &m->Loaded->Types[m->Loaded->Functions[index].TypeIndex] : null;
        uint* slots = found && count == type->ParamSlots ? (uint*)Scratch(s, SlotsOf(type) * sizeof(uint)) : null;
        if (slots == null)
        {
            ByteStream.Skip(&s->In, count * sizeof(uint));
            ByteStream.PutHalf(&s->Out, (uint)(found ? WasmError.OutOfMemory : WasmError.UnknownExport));
            return;
        }
        for (uint i = 0; i < count; i++) slots[i] = ByteStream.Word(&s->In);
        WasmError error = Call(s, m->Instance, index, slots);
        ByteStream.PutHalf(&s->Out, (uint)error);
        if (error == WasmError.None)
        {
            ByteStream.Put(&s->Out, (byte)type->ResultCount);
            uint* at = slots;
            for (uint i = 0; i < type->ResultCount; i++) at += Put(s, (ValType)FuncTypes.Results(type)[i], at);
        }
        Allocator.Free(&s->Runtime->Allocator, slots);
    }

    internal static void Global(SpecState* s, SpecModule* m)
    {
        uint index;
        if (!Find(s, m, ExternKind.Global, &index))
        {
            ByteStream.PutHalf(&s->Out, (uint)WasmError.UnknownExport);
            return;
        }
        ByteStream.PutHalf(&s->Out, 0);
        Put(s, m->Loaded->Globals[index].Type, Globals.Cell(m->Instance, index));
    }

    private static WasmError Call(SpecState* s, Instance* instance, uint function, uint* slots)
    {
        ExecEnv* env;
        WasmError error = ExecEnvs.Create(instance, 0, &env);
        if (error != WasmError.None) return error;
        if (s->Fuel != 0) ExecEnvs.SetFuel(env, s->Fuel);
        error = Calls.Function(env, function, slots);
        while (error == WasmError.FuelExhausted && env->Suspended != 0)
        {
            s->Resumed++;
            ExecEnvs.SetFuel(env, s->Fuel);
            error = Calls.Resume(env, slots);
        }
        ExecEnvs.Free(env);
        return error;
    }

    /// <summary>Finds an export by the name that is read from the script.</summary>
    private static bool Find(SpecState* s, SpecModule* m, ExternKind wanted, uint* index)
    {
        ExternKind kind;
        uint length = ByteStream.Word(&s->In);
        byte* name = (byte*)Scratch(s, length);
        if (name == null)
        {
            ByteStream.Skip(&s->In, length);
            return false;
        }
        ByteStream.Bytes(&s->In, name, length);
        bool found = m != null && m->Instance != null && Exports.Find(m->Loaded, name, length, &kind, index) && kind == wanted;
        Allocator.Free(&s->Runtime->Allocator, name);
        return found;
    }

    /// <summary>Memory for the time of a command.</summary>
    private static void* Scratch(SpecState* s, uint bytes) =>
        Allocator.AllocTransient(&s->Runtime->Allocator, bytes, MemoryCategory.Runtime);

    /// <summary>Slots that a call needs for its arguments and then its results.</summary>
    private static uint SlotsOf(FuncType* type) => type->ParamSlots > type->ResultSlots ? type->ParamSlots : type->ResultSlots;

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
