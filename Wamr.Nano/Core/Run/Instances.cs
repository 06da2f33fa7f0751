// SPDX-License-Identifier: MIT
// Instantiation (spec chapter 4.5.4), and the end of instances.
using System.Runtime.CompilerServices;
using Wamr.Nano.Core.Memory;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Run;

internal static unsafe class Instances
{
    /// <summary>
    /// Instantiates a module: binds its imports, makes memory, tables and globals, copies the active segments, runs the start function.
    /// </summary>
    /// <param name="module">A loaded module. It cannot be unloaded as long as the instance lives.</param>
    /// <param name="args">Null for all defaults.</param>
    /// <param name="result">The instance, which the embedder holds until <see cref="Free"/>; null on failure.</param>
    /// <returns>
    /// The error, described in <see cref="Runtime.Error"/>; for a trap in a segment or the start function, its code. Whatever the segments
    /// and the start function wrote to imported tables and memories remains, as the specification requires. If such a table contains
    /// functions of the instance, the instance lives on.
    /// </returns>
    [MethodImpl(MethodImplOptions.NoInlining)] // a step of its own on the native stack
    internal static WasmError Create(Module* module, InstantiateArgs* args, Instance** result)
    {
        Runtime* rt = LoadedModule.Of(module)->Runtime;
        *result = null;
        if (NativeStack.IsLow(rt)) return WasmError.NativeStackOverflow;
        InstantiateArgs defaults = default;
        if (args == null) args = &defaults;
        Instance* instance = InstanceLayout.Allocate(module);
        if (instance == null) return rt->Error.Code;
        instance->State = InstanceState.Held;
        instance->UserData = args->UserData;
        instance->Wasi = args->Wasi;
        instance->Streams = Instance.StandardStreams;
        WasmError error = Build(instance, args);
        if (error != WasmError.None)
        {
            Destroy(instance);
            return error;
        }
        error = FillAndStart(instance, args);
        if (error == WasmError.None) *result = instance;
        else
        {
            // From the first segment on, tables of other instances may contain its functions.
            GiveUp(instance);
        }
        return error;
    }

    /// <summary>
    /// The embedder releases the instance. It is freed at once, or when the last instance that uses it is freed. If a call runs or is
    /// suspended, it is freed together with the next instance that is freed after that call.
    /// </summary>
    /// <returns><see cref="WasmError.InstanceInUse"/> while it has execution environments.</returns>
    internal static WasmError Free(Instance* instance)
    {
        if (instance->Envs != null) return Runtimes.Fail(instance->Runtime, WasmError.InstanceInUse);
        GiveUp(instance);
        return WasmError.None;
    }

    /// <summary>Finds an export, for the resolver of another instantiation.</summary>
    /// <returns><see cref="WasmError.UnknownExport"/>.</returns>
    internal static WasmError Export(Instance* instance, byte* name, uint length, Extern* result)
    {
        *result = default;
        if (!Exports.Find(instance->Module, name, length, &result->Kind, &result->Index)) return WasmError.UnknownExport;
        result->Instance = instance;
        return WasmError.None;
    }

    /// <summary>
    /// The default size of the operand stack. Native code keeps its operands on the native stack. It needs an operand stack only for
    /// functions that it calls in other instances: those it imports, and those in tables that may change.
    /// </summary>
    private static uint OperandStack(Instance* instance)
    {
        Module* module = instance->Module;
        if (!instance->Loaded->IsNative) return Config.DefaultStackBytes;
        for (uint n = 0; n < module->TableCount; n++)
            if (module->Tables[n].Constant == 0) return Config.DefaultStackBytes;
        uint most = 0;
        for (uint n = 0; n < module->ImportedFunctions; n++)
        {
            Instance* other = instance->Imports[n].Instance;
            if (other != null && other->DefaultStackBytes > most) most = other->DefaultStackBytes;
        }
        return most;
    }

    /// <summary>Frees an instance even if something still refers to it: for <see cref="Collector"/> and the end of the runtime.</summary>
    internal static void Destroy(Instance* instance)
    {
        Runtime* rt = instance->Runtime;
        while (instance->Envs != null) ExecEnvs.Remove(instance, instance->Envs);
        // Kept frames refer to instances by their numbers.
        Traces.Forget(rt);
        Memories.Free(instance);
        Tables.Free(instance);
        Runtimes.RemoveInstance(rt, instance);
        instance->Loaded->Instances--;
        Allocator.Free(&rt->Allocator, instance);
    }

    /// <summary>The embedder no longer uses the instance, and the instance no longer uses what the embedder lent it.</summary>
    private static void GiveUp(Instance* instance)
    {
        instance->State &= ~InstanceState.Held;
        instance->Wasi = null;
        Collector.Collect(instance->Runtime);
    }

    private static WasmError Build(Instance* instance, InstantiateArgs* args)
    {
        WasmError error = Linker.Bind(instance, args);
        if (error != WasmError.None) return error;
        instance->DefaultStackBytes = args->StackBytes != 0 ? args->StackBytes : OperandStack(instance);
        // The memory comes first, because in an image its block also holds the globals. The app heap may move the exported __heap_base.
        AppHeapPlan plan;
        error = Memories.Create(instance, args, &plan);
        if (error != WasmError.None) return error;
        Globals.Init(instance);
        error = AppHeaps.Create(instance, &plan);
        if (error == WasmError.None) error = Tables.Create(instance);
        return error;
    }

    private static WasmError FillAndStart(Instance* instance, InstantiateArgs* args)
    {
        WasmError error = Tables.InitActive(instance);
        if (error == WasmError.None) error = Memories.InitActive(instance);
        if (error != WasmError.None || instance->Module->Info->StartFunction == Module.NoIndex) return error;
        ExecEnv* env;
        error = ExecEnvs.Create(instance, 0, &env);
        if (error != WasmError.None) return error;
        env->FuelLimited = args->FuelLimited ? (byte)1 : (byte)0;
        env->Fuel = args->Fuel;
        ExecEnvs.SetTimeLimit(env, args->TimeLimit);
        error = Calls.Function(env, instance->Module->Info->StartFunction, null);
        if (error != WasmError.None && args->StartTrapped != null) args->StartTrapped(env, args->StartContext);
        ExecEnvs.Remove(instance, env);
        if (error == WasmError.None) return error;
        return Runtimes.Fail(instance->Runtime, error, ErrorInfo.Unknown, instance->Module->Info->StartFunction);
    }
}
