// SPDX-License-Identifier: MIT
// Entry into the interpreter: calls a function, or resumes a suspended run (spec chapter 4.5.4 "Invocation").
using Wamr.Nano.Core.RegisterCode;
using Wamr.Nano.Core.Run;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Engine.Interpreter;

internal static unsafe class InterpreterEngine
{
    /// <summary>Makes this the engine of a module in register code.</summary>
    internal static void Adopt(LoadedModule* module)
    {
        module->Engine.Call = &Call;
        module->Engine.Resume = &Resume;
    }

    private static WasmError Call(ExecEnv* env, uint function, uint* slots)
    {
        Instance* home = env->Instance;
        FuncType* type = &home->Module->Types[home->Module->Functions[function].TypeIndex];
        uint* bottom = env->StackTop;
        byte here;
        // Another instance may have run before, or may have called the host function that now calls back.
        bool shared = env->Depth != 0 || env->TrapInstance != null;
        env->TrapInstance = null;
        env->Suspended = 0;
        if ((nuint)(&here) < env->NativeStackBoundary || env->Depth == byte.MaxValue) return Trapped(env, WasmError.NativeStackOverflow);
        uint used = type->ParamSlots > type->ResultSlots ? type->ParamSlots : type->ResultSlots;
        if ((nuint)(env->StackEnd - bottom) < used) return Trapped(env, WasmError.OperandStackOverflow);
        for (uint i = 0; i < type->ParamSlots; i++) bottom[i] = slots[i];
        if (shared) ExecEnvs.Hide(env, home, bottom + type->ParamSlots);
        env->Trap = WasmError.None;
        env->Fp = bottom;
        env->Pc = (byte*)&env->ExitCodeUnit;
        env->Budget = 0;
        env->Depth++;
        WasmError error = Start(env, function);
        return Finish(env, error, home, bottom, type->ResultSlots, slots);
    }

    private static WasmError Resume(ExecEnv* env, uint* slots)
    {
        if (env->Suspended == 0) return WasmError.NotSuspended;
        Instance* home = env->Instance;
        env->Suspended = 0;
        env->Trap = WasmError.None;
        env->Instance = env->TrapInstance;
        // Pays for the poll that found no fuel.
        env->Budget = Fuel.Take(env) - 1;
        env->Depth++;
        WasmError error = env->Budget >= 0 ? Loop.Execute(env) : Fuel.Stop(env);
        if (env->Budget < 0) env->Budget = 0;
        return Finish(env, error, home, env->StackBase, env->SuspendedResults, slots);
    }

    private static WasmError Start(ExecEnv* env, uint function)
    {
        Instance* target = env->Instance;
        if (target->Module->Functions[function].Code == Function.NoCode)
        {
            WasmError error = OutgoingCalls.Call(env, target, function, 0, env->Pc);
            // If the function is a host function, it has ended. A function of another instance runs now, and will return to the exit.
            return error != WasmError.None || env->Fp == env->StackTop ? error : Loop.Execute(env);
        }
        ushort* code = RegCode.Of(target->Module, function);
        if ((nuint)(env->StackEnd - env->Fp) < code[RegCode.FrameSlots]) return WasmError.OperandStackOverflow;
        Fuel.Charge(env, (uint)Frames.ClearedUnits(code));
        env->Pc = Frames.Open(env->Fp, code, env->Pc, 0);
        return Loop.Execute(env);
    }

    private static WasmError Finish(ExecEnv* env, WasmError error, Instance* home, uint* bottom, uint results, uint* slots)
    {
        Fuel.GiveBack(env);
        if (error == WasmError.None) env->TrapInstance = null;
        else
        {
            delegate*<ExecEnv*, void*, uint, nuint*, void> keep = env->Instance->Runtime->Keep;
            if (keep != null) keep(env, null, 0, null);
            env->TrapInstance = env->Instance;
        }
        env->Instance = home;
        env->Depth--;
        if (error != WasmError.None)
        {
            // A run can be resumed only if no host function is below it.
            if (env->Depth != 0)
            {
                env->Suspended = 0;
                // The host function below may continue, and so may code that could read the leftovers of frames.
                ExecEnvs.Hide(env, home, bottom);
            }
            else if (env->Suspended != 0) env->SuspendedResults = (ushort)results;
            return Trapped(env, error);
        }
        for (uint i = 0; i < results; i++) slots[i] = bottom[i];
        return WasmError.None;
    }

    private static WasmError Trapped(ExecEnv* env, WasmError error)
    {
        env->Trap = error;
        return error;
    }
}
