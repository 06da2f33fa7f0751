// SPDX-License-Identifier: MIT
// The engine of native images: calls from the runtime into their code, and from their code to imported functions.
using System.Runtime.CompilerServices;
using Wamr.Nano.Core.Image;
using Wamr.Nano.Core.Run;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Engine.Native;

internal static unsafe class NativeEngine
{
    /// <summary>The bytes of native stack that the entry into code takes: an environment, and what is saved around it.</summary>
    private static uint EntryStack => (uint)(sizeof(NativeEnv) + 16 * sizeof(nuint));

    /// <summary>Makes this the engine of a native image's module.</summary>
    internal static void Adopt(LoadedModule* module)
    {
        module->Engine.Call = &Call;
        module->Engine.Resume = &Resume;
        if (module->Image->FixedBytes != 0) module->EngineBytes = (ushort)sizeof(NativeEnv);
    }

    /// <summary>Native code cannot be resumed, because its frames are on the native stack.</summary>
    private static WasmError Resume(ExecEnv* env, uint* slots) => WasmError.NotSuspended;

    private static WasmError Call(ExecEnv* env, uint function, uint* slots)
    {
        Instance* instance = env->Instance;
        byte here;
        env->TrapInstance = null;
        env->Suspended = 0;
        env->Trap = WasmError.None;
        uint need = instance->Loaded->Image->StackMargin + EntryStack;
        WasmError error = WasmError.NativeStackOverflow;
        if ((nuint)(&here) >= env->NativeStackBoundary && (nuint)(&here) - env->NativeStackBoundary >= need && env->Depth != byte.MaxValue)
        {
            env->Depth++;
            error = function < instance->Module->ImportedFunctions
                ? Imported(env, instance, function, slots)
                : Enter(env, instance, function, slots);
            env->Depth--;
        }
        env->Trap = error;
        return error;
    }

    /// <summary>
    /// Calls the function that an import is bound to: a host function, or a function of another instance with any engine.
    /// </summary>
    internal static WasmError Imported(ExecEnv* env, Instance* instance, uint function, uint* slots)
    {
        FuncBinding* binding = &instance->Imports[function];
        if (binding->Instance != null) return Other(env, binding->Instance, binding->FunctionIndex, slots);
        Module* module = instance->Module;
        return Calls.Host(env, binding, &module->Types[module->Functions[function].TypeIndex], slots);
    }

    /// <summary>Calls a function of another instance, or one of this instance as if from outside.</summary>
    internal static WasmError Other(ExecEnv* env, Instance* target, uint function, uint* slots)
    {
        Instance* here = env->Instance;
        env->Instance = target;
        WasmError error = target->Loaded->Engine.Call(env, function, slots);
        env->Instance = here;
        return error;
    }

    private static WasmError Enter(ExecEnv* env, Instance* instance, uint function, uint* slots)
    {
        Module* module = instance->Module;
        ImageHeader* image = instance->Loaded->Image;
        Function* f = &module->Functions[function];
        if (f->Code == Function.NoCode) return WasmError.UnlinkedFunction;
        uint stub = ((uint*)((byte*)image + image->StubsAt))[f->TypeIndex];
        // With a fixed memory, all calls of the instance share one environment. So the values of an outer call are restored afterwards.
        NativeEnv local;
        NativeEnv* e = &local;
        void* argument = e;
        if (image->FixedBytes != 0)
        {
            argument = instance->Memory->Data;
            e = (NativeEnv*)argument - 1;
        }
        Begin(e, &local, env, instance);
        delegate* unmanaged<void*, uint, uint, uint*, uint> enter =
            (delegate* unmanaged<void*, uint, uint, uint*, uint>)(e->Code + image->EnterAt);
        uint error = enter(argument, stub, f->Code, slots);
        env->Budget = e->Budget;
        Fuel.GiveBack(env);
        if (image->FixedBytes != 0) *e = local;
        return (WasmError)error;
    }

    /// <summary>Saves the environment of an outer call, and prepares that of this call.</summary>
    /// <remarks>
    /// This is a separate function, the last before the code runs. .NET copies with the widest vector registers, and leaves their upper
    /// halves in use until the copying function returns. Meanwhile, SSE code, such as that of images, takes several times as long.
    /// </remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Begin(NativeEnv* e, NativeEnv* saved, ExecEnv* env, Instance* instance)
    {
        *saved = *e;
        e->Service = &NativeServices.Serve;
        e->Exec = env;
        e->ImportedGlobals = instance->ImportedGlobals;
        e->Tables = instance->Tables;
        e->Globals = instance->Globals;
        e->Code = (byte*)instance->Module->Code;
        e->Imports = instance->Imports;
        e->InstanceBits = (uint)instance->Id << Config.FuncRefBits;
        e->Budget = 0;
        e->StackLimit = env->NativeStackBoundary + instance->Loaded->Image->StackMargin;
        Refresh(e, instance);
    }

    /// <summary>Updates the address and the size of the memory.</summary>
    internal static void Refresh(NativeEnv* e, Instance* instance)
    {
        if (instance->Memory == null) return;
        e->Memory = instance->Memory->Data;
        e->Size = instance->Memory->Size;
    }
}
