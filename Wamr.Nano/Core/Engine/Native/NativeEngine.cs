// SPDX-License-Identifier: MIT
// The engine of native images: calls into their code, and out of it to imported functions.
using System.Runtime.CompilerServices;
using Wamr.Nano.Core.Image;
using Wamr.Nano.Core.Run;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Engine.Native;

internal static unsafe class NativeEngine
{
    /// <summary>Native stack the way into code takes, bytes: an environment and what is saved around it.</summary>
    private static uint EntryStack => (uint)(sizeof(NativeEnv) + 16 * sizeof(nuint));

    /// <summary>Makes this the engine of a native image's module.</summary>
    internal static void Adopt(LoadedModule* module)
    {
        module->Engine.Call = &Call;
        module->Engine.Resume = &Resume;
        if (module->Image->FixedBytes != 0) module->EngineBytes = (ushort)sizeof(NativeEnv);
    }

    /// <summary>What runs on the native stack cannot be left and taken up again.</summary>
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

    /// <summary>Calls what an import is bound to: a host function, or a function of another instance, whatever its engine.</summary>
    internal static WasmError Imported(ExecEnv* env, Instance* instance, uint function, uint* slots)
    {
        FuncBinding* binding = &instance->Imports[function];
        if (binding->Instance != null) return Other(env, binding->Instance, binding->FunctionIndex, slots);
        Module* module = instance->Module;
        return Calls.Host(env, binding, &module->Types[module->Functions[function].TypeIndex], slots);
    }

    /// <summary>Calls a function of another instance, or one of this instance by the way the outside takes.</summary>
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
        // The environment of a fixed memory is the instance's: what an outer call keeps there comes back afterwards.
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

    /// <summary>Saves the environment of an outer call and makes that of this one.</summary>
    /// <remarks>
    /// A function of its own, the last before the code: .NET copies with the widest vector registers there are, and leaves their upper
    /// halves in use until the function that did so returns. SSE code, such as that of images, takes several times as long while they are.
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

    /// <summary>Where the memory is now, and how large.</summary>
    internal static void Refresh(NativeEnv* e, Instance* instance)
    {
        if (instance->Memory == null) return;
        e->Memory = instance->Memory->Data;
        e->Size = instance->Memory->Size;
    }
}
