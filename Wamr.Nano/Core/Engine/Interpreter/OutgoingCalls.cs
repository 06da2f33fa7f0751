// SPDX-License-Identifier: MIT
// Calls that leave the running instance: to host functions, and into other instances without recursing on the host's stack.
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.RegisterCode;
using Wamr.Nano.Core.Run;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Engine.Interpreter;

internal static unsafe class OutgoingCalls
{
    /// <summary>
    /// Calls function <paramref name="function"/> of <paramref name="target"/>, whose arguments begin at slot <paramref name="frame"/>. The
    /// environment holds pc, fp and fuel. When this returns, a host function or native code has already run. A function in register code is
    /// only prepared: pc, fp and instance are then those of that function.
    /// </summary>
    internal static WasmError Call(ExecEnv* env, Instance* target, uint function, uint frame, byte* returnTo)
    {
        while (target != null && function < target->Module->ImportedFunctions)
        {
            FuncBinding* binding = &target->Imports[function];
            if (binding->Instance == null) return CallElsewhere(env, target, function, frame, returnTo);
            function = binding->FunctionIndex;
            target = binding->Instance;
        }
        if (target == null) return WasmError.UninitializedElement;
        return target->Loaded->IsNative ? CallElsewhere(env, target, function, frame, returnTo)
            : Enter(env, target, function, frame, returnTo);
    }

    /// <summary>
    /// Runs a function that is not in register code to its end: a host function that <paramref name="target"/> imports, or its native code.
    /// </summary>
    private static WasmError CallElsewhere(ExecEnv* env, Instance* target, uint function, uint frame, byte* returnTo)
    {
        Instance* caller = env->Instance;
        FuncType* type = &target->Module->Types[target->Module->Functions[function].TypeIndex];
        uint* slots = env->Fp + frame;
        uint* top = env->StackTop;
        byte* pc = env->Pc;
        uint* fp = env->Fp;
        uint used = type->ParamSlots > type->ResultSlots ? type->ParamSlots : type->ResultSlots;
        if ((nuint)(env->StackEnd - slots) < used) return WasmError.OperandStackOverflow;
        Fuel.GiveBack(env);
        // The function may call back. That run starts above the arguments, and must not disturb the state of this run.
        env->StackTop = slots + used;
        env->Instance = target;
        WasmError error = target->Loaded->IsNative
            ? target->Loaded->Engine.Call(env, function, slots)
            : Calls.Host(env, &target->Imports[function], type, slots);
        env->Instance = caller;
        env->StackTop = top;
        if (target != caller) ExecEnvs.Hide(env, caller, slots + used);
        env->Pc = error == WasmError.None ? returnTo : pc;
        env->Fp = fp;
        // The poll that follows pays for the call, because the run can be resumed there.
        env->Budget = -1;
        return error;
    }

    private static WasmError Enter(ExecEnv* env, Instance* target, uint function, uint frame, byte* returnTo)
    {
        ushort* code = RegCode.Of(target->Module, function);
        FuncType* type = &target->Module->Types[target->Module->Functions[function].TypeIndex];
        uint* record = env->Fp + frame;
        uint offset = CallRecord.Slots;
        if ((nuint)(env->StackEnd - record) < offset + code[RegCode.FrameSlots]) return WasmError.OperandStackOverflow;
        uint* fp = record + offset;
        Raw.Copy((byte*)fp, (byte*)record, type->ParamSlots * 4u);
        ExecEnvs.Hide(env, target, fp + type->ParamSlots);
        CallRecord.Set(record, returnTo, env->Instance, frame, type->ResultSlots);
        env->Pc = Frames.Open(fp, code, (byte*)&env->LeaveCodeUnit, offset);
        env->Fp = fp;
        env->Instance = target;
        Fuel.Charge(env, (uint)Frames.ClearedUnits(code));
        env->Budget--;
        return WasmError.None;
    }

    /// <summary>Returns from another instance. <paramref name="record"/> is where <see cref="Enter"/> left its record.</summary>
    internal static void Return(ExecEnv* env, uint* record)
    {
        env->Pc = SaveArea.ReturnTo(record);
        env->Fp = record - CallRecord.FrameOf(record);
        env->Instance = CallRecord.Caller(env->Instance, record);
        uint results = CallRecord.ResultsOf(record);
        Raw.Copy((byte*)record, (byte*)(record + CallRecord.Slots), results * 4);
        ExecEnvs.Hide(env, env->Instance, record + results);
    }
}
