// SPDX-License-Identifier: MIT
// The services that the runtime performs for native code: see NativeService.
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Wamr.Nano.Core.Image;
using Wamr.Nano.Core.Run;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Engine.Native;

internal static unsafe class NativeServices
{
    [UnmanagedCallersOnly]
    internal static uint Serve(NativeEnv* e, uint service, uint operand, uint* slots)
    {
        ExecEnv* env = e->Exec;
        Instance* instance = env->Instance;
        WasmError error = WasmError.None;
        // Meanwhile, the slice of fuel is in the exec env, where everything else expects it.
        env->Budget = e->Budget;
        switch ((NativeService)service)
        {
            case NativeService.CallImport:
                GiveBack(env);
                error = NativeEngine.Imported(env, instance, operand, slots);
                if (error == WasmError.None) error = Fuel.Call(env);
                break;
            case NativeService.CallIndirect:
                GiveBack(env);
                error = Indirect(env, instance, operand, e->Value, slots);
                if (error == WasmError.None) error = Fuel.Call(env);
                break;
            case NativeService.Poll:
                error = Poll(env);
                break;
            case NativeService.MemoryGrow:
                *slots = RuntimeInstr.GrowMemory(env, *slots);
                break;
            case NativeService.MemorySize:
                *slots = instance->Memory->Pages;
                break;
            default:
                if (service == (uint)NativeService.Trapped) Trapped(env, e, operand, (nuint*)slots);
                else if (service == (uint)NativeService.EnterFunction) Profiled(env, operand + 1);
                else if (service == (uint)NativeService.LeaveFunction) Profiled(env, 0);
                else error = Instruction(env, (Opcode)(service - (uint)NativeService.Instruction), operand, slots);
                break;
        }
        e->Budget = env->Budget;
        NativeEngine.Refresh(e, instance);
        return (uint)error;
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // what is rare must not make a frame for what is not
    private static WasmError Instruction(ExecEnv* env, Opcode op, uint operand, uint* slots) =>
        RuntimeInstr.Execute(env, op, operand & 0xFFFF, operand >> 16, slots[0], slots[1], slots[2], slots);

    /// <summary>Keeps the frames of a trap while its stack still exists.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)] // as above
    private static void Trapped(ExecEnv* env, NativeEnv* e, uint place, nuint* stack)
    {
        delegate*<ExecEnv*, void*, uint, nuint*, void> keep = env->Instance->Runtime->Keep;
        if (keep != null) keep(env, e, place, stack);
    }

    /// <summary>See <see cref="Profile.Note"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)] // as above
    private static void Profiled(ExecEnv* env, uint entry)
    {
        if (env->Profile != null) env->Profile->Note(env, 0, entry, null);
    }

    /// <summary>Writes back the fuel, so that other code and the host see the current value.</summary>
    private static void GiveBack(ExecEnv* env)
    {
        if (env->FuelLimited != 0) Fuel.GiveBack(env);
    }

    /// <summary>Takes a slice of fuel, and one unit of it. Native code cannot be suspended, so running out of fuel is a trap.</summary>
    private static WasmError Poll(ExecEnv* env)
    {
        env->Budget = Fuel.Poll(env, env->Budget);
        return env->Budget >= 0 ? WasmError.None : Fuel.Reason(env);
    }

    private static WasmError Indirect(ExecEnv* env, Instance* instance, uint operand, uint element, uint* slots)
    {
        TableInst* table = instance->Tables[operand >> 16];
        WasmError error = IndirectCalls.Check(instance, table, element, operand & 0xFFFF);
        if (error != WasmError.None) return error;
        uint reference = table->Elements[element];
        return NativeEngine.Other(env, FuncRef.InstanceOf(instance->Runtime, reference), FuncRef.FunctionOf(reference), slots);
    }
}
