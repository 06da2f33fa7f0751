// SPDX-License-Identifier: MIT
// The firmware: runs the linked-in module once and reports. The same file on every board; a board adds its hooks (Board.cs).
using System.Runtime.InteropServices;
using Wamr.Nano.Core;

namespace Wamr.Nano.Boards;

internal static unsafe class Firmware
{
    /// <summary>32-bit slots of arguments or results that fit on the native stack.</summary>
    private const uint MaxSlots = 16;

    /// <summary>Called by the startup code with memory, stack and FPU ready. The result is the exit code.</summary>
    [UnmanagedCallersOnly(EntryPoint = "wn_main")]
    private static uint Main()
    {
        Board.Init();
        Runtime* rt = Start(Linked.Pool(), Linked.PoolBytes());
        if (rt == null) return Report.Failed(WasmError.PoolTooSmall, null);
        RunPlan* plan = Linked.Plan();
        Module* module;
        WasmError error = ModuleLoader.Load(rt, plan->Module, plan->ModuleSize, &module);
        if (error != WasmError.None) return Report.Failed(error, &rt->Error);
        uint code = Instantiate(rt, module, plan);
        ModuleLoader.Unload(module);
        Report.Memory(rt);
        return code;
    }

    /// <summary>Makes the runtime at the start of the pool, and the pool of the rest. Null where that is too small.</summary>
    internal static Runtime* Start(byte* pool, uint bytes)
    {
        uint header = ((uint)sizeof(Runtime) + 7) & ~7u;
        if (bytes < header) return null;
        Runtime* rt = (Runtime*)pool;
        if (Allocator.InitPool(&rt->Allocator, pool + header, bytes - header, null, false, &rt->Error) != WasmError.None) return null;
        Platform platform = default;
        Board.Fill(&platform);
        Runtimes.Init(rt, &platform, Features.All);
        return Profile.Register(rt) == WasmError.None ? rt : null;
    }

    private static uint Instantiate(Runtime* rt, Module* module, RunPlan* plan)
    {
        InstantiateArgs args = default;
        args.StackBytes = plan->StackBytes;
        args.HeapBytes = plan->HeapBytes;
        args.Wasi = &plan->Wasi;
        Instance* instance;
        WasmError error = Instances.Create(module, &args, &instance);
        if (error != WasmError.None) return Report.Failed(error, &rt->Error);
        uint code = Execute(rt, instance, plan);
        Instances.Free(instance);
        return code;
    }

    private static uint Execute(Runtime* rt, Instance* instance, RunPlan* plan)
    {
        ExecEnv* env;
        WasmError error = ExecEnvs.Create(instance, 0, &env);
        if (error != WasmError.None) return Report.Failed(error, &rt->Error);
        uint code = Call(env, plan);
        ExecEnvs.Free(env);
        return code;
    }

    private static uint Call(ExecEnv* env, RunPlan* plan)
    {
        Runtime* rt = env->Instance->Runtime;
        uint* slots = stackalloc uint[(int)MaxSlots];
        for (uint i = 0; i < plan->SlotCount && i < MaxSlots; i++) slots[i] = plan->Slots[i];
        uint before = Board.Ticks();
        WasmError error = Calls.ByName(env, plan->Export, plan->ExportLength, slots, MaxSlots);
        uint ticks = Board.Ticks() - before;
        if (plan->Count != 0) Report.Count(ticks);
        if (error == WasmError.ProcExit) return env->ExitCode;
        if (error == WasmError.None)
        {
            Report.Results(env, plan->Export, plan->ExportLength, slots);
            return 0;
        }
        return error == env->Trap ? Report.Trapped(env) : Report.Failed(error, &rt->Error);
    }
}
