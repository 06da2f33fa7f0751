// SPDX-License-Identifier: MIT
// The firmware: runs the linked module once, and reports. The file is the same on every board; a board adds its hooks (Board.cs).
using System;
using System.Runtime.InteropServices;

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
        RunPlan* plan = RunPlan.Get();
        BoardState state = default;
        Runtime* rt = Boot.Start(plan->Regions, plan->RegionCount, &state);
        if (rt == null) return Report.Failed(WasmError.PoolTooSmall, null);
        uint code = Load(rt, plan);
        Report.Memory(rt);
        BoardMemory.Close(rt);
        return code;
    }

    private static uint Load(Runtime* rt, RunPlan* plan)
    {
        Module* module;
        Stopwatch watch = default;
        Meter.Load(rt);
        Start(plan, &watch);
        WasmError error = Boot.Open(rt, plan->Module, plan->ModuleBytes, &module);
        Stop(plan, &watch, "load"u8);
        if (error == WasmError.None) error = Boot.HostModules(rt, module);
        if (error != WasmError.None) return Report.Failed(error, &rt->Error);
        Checksum(plan, module);
        uint code = Instantiate(rt, module, plan);
        Modules.Unload(module);
        return code;
    }

    private static void Start(RunPlan* plan, Stopwatch* watch)
    {
        if (plan->Mode == RunPlan.RunAndCount) Stopwatch.Start(watch);
    }

    private static void Stop(RunPlan* plan, Stopwatch* watch, ReadOnlySpan<byte> step)
    {
        if (plan->Mode == RunPlan.RunAndCount) Report.Count(step, Stopwatch.Stop(watch));
    }

    /// <summary>The part of loading an image that is its checksum, and so grows with the image.</summary>
    private static void Checksum(RunPlan* plan, Module* module)
    {
        ImageHeader* image = LoadedModule.Of(module)->Image;
        if (!Profile.HasChecksum || image == null) return;
        Stopwatch watch = default;
        Start(plan, &watch);
        bool sound = Profile.Checksum(image) == image->Crc;
        Stop(plan, &watch, sound ? "checksum"u8 : "changed"u8);
    }

    private static uint Instantiate(Runtime* rt, Module* module, RunPlan* plan)
    {
        InstantiateArgs args = default;
        args.StackBytes = plan->StackBytes;
        args.HeapBytes = plan->HeapBytes;
        args.Wasi = &plan->Wasi;
        args.AllowUnlinked = plan->AllowUnlinked != 0;
        bool reported = false;
        args.StartTrapped = &StartTrapped;
        args.StartContext = &reported;
        Instance* instance;
        Stopwatch watch = default;
        Start(plan, &watch);
        WasmError error = Instances.Create(module, &args, &instance);
        Stop(plan, &watch, "instantiate"u8);
        if (error != WasmError.None) return reported ? Report.FailureCode : Ended(rt, error);
        Report.Image(instance);
        uint code = Execute(rt, instance, plan);
        Instances.Free(instance);
        return code;
    }

    /// <summary>Called if the start function has trapped, because its call stack exists only as long as its environment.</summary>
    private static void StartTrapped(ExecEnv* env, void* reported)
    {
        if (env->Trap == WasmError.ProcExit) return;
        Report.Trapped(env);
        *(bool*)reported = true;
    }

    private static uint Execute(Runtime* rt, Instance* instance, RunPlan* plan)
    {
        ExecEnv* env;
        WasmError error = ExecEnvs.Create(instance, 0, &env);
        if (error != WasmError.None) return Report.Failed(error, &rt->Error);
        error = Meter.Begin(env);
        uint code = error == WasmError.None ? Call(env, plan) : Report.Failed(error, &rt->Error);
        Meter.End(env);
        ExecEnvs.Free(env);
        return code;
    }

    private static uint Call(ExecEnv* env, RunPlan* plan)
    {
        Runtime* rt = env->Instance->Runtime;
        uint* slots = stackalloc uint[(int)MaxSlots];
        for (uint i = 0; i < plan->SlotCount && i < MaxSlots; i++) slots[i] = plan->Slots[i];
        Stopwatch watch = default;
        Start(plan, &watch);
        WasmError error = Calls.Initialize(env, plan->Export, plan->ExportLength);
        if (error == WasmError.None) error = Calls.ByName(env, plan->Export, plan->ExportLength, slots, MaxSlots);
        Stop(plan, &watch, "count"u8);
        if (error == WasmError.None)
        {
            Report.Results(env, plan->Export, plan->ExportLength, slots);
            return 0;
        }
        return error == env->Trap && error != WasmError.ProcExit ? Report.Trapped(env) : Ended(rt, error);
    }

    /// <summary>
    /// The exit code of an app that did not return: its own, or that of an error. If only 8 bits reach the host, no other code may become
    /// 0.
    /// </summary>
    private static uint Ended(Runtime* rt, WasmError error)
    {
        const uint most = 255;
        if (error != WasmError.ProcExit) return Report.Failed(error, &rt->Error);
        return rt->ExitCode < most ? rt->ExitCode : most;
    }
}
