// SPDX-License-Identifier: MIT
// Measures a module on a board: the smallest pool it runs in, and the native stack that loading, instantiating and calling it take.

namespace Wamr.Nano.Boards;

/// <summary>The results of one run.</summary>
internal struct Measurement
{
    internal WasmError Error;

    /// <summary>The native stack of each step in bytes, from where it was called.</summary>
    internal uint Load;
    internal uint Instantiate;
    internal uint Call;

    /// <summary>The allocator at the end of the call.</summary>
    internal MemoryStatistics Pool;
    internal uint Control;
}

internal static unsafe class Measure
{
    private const uint MaxSlots = 16, Granule = 8, Steps = 32;

    internal static uint Run()
    {
        Measurement m = default;
        uint bytes = RunPlan.Get()->Regions->Bytes;
        Try(bytes, &m);
        if (m.Error != WasmError.None) return Report.Failed(m.Error, null);
        uint pool = SmallestPool(bytes);
        Try(pool, &m);
        Console.Text("\x1Ewn:stack"u8);
        Console.Field("load"u8, m.Load);
        Console.Field("instantiate"u8, m.Instantiate);
        Console.Field("call"u8, m.Call);
        Console.NewLine();
        Console.Text("\x1Ewn:pool"u8);
        // The runtime's own struct lies in the same memory, but is not the allocator's.
        Console.Field("smallest"u8, pool - (((uint)sizeof(Runtime) + 7) & ~7u));
        Console.Field("high"u8, m.Pool.HighWater);
        Console.Field("control"u8, m.Control);
        Console.Field("runtime"u8, m.Pool.Runtime.HighWater);
        Console.Field("module"u8, m.Pool.Module.HighWater);
        Console.Field("instance"u8, m.Pool.Instance.HighWater);
        Console.Field("env"u8, m.Pool.ExecEnv.HighWater);
        Console.NewLine();
        Sizes();
        return 0;
    }

    /// <summary>
    /// Halves the interval, then continues in steps of a block, because a smaller pool may work where a larger one does not.
    /// </summary>
    private static uint SmallestPool(uint enough)
    {
        uint low = 0, high = enough & ~(Granule - 1);
        while (high - low > Granule)
        {
            uint middle = (low + (high - low) / 2) & ~(Granule - 1);
            if (Runs(middle)) high = middle;
            else low = middle;
        }
        uint smallest = high;
        for (uint step = 1; step <= Steps && high >= step * Granule; step++)
            if (Runs(high - step * Granule)) smallest = high - step * Granule;
        return smallest;
    }

    private static bool Runs(uint bytes)
    {
        Measurement m = default;
        Try(bytes, &m);
        return m.Error == WasmError.None;
    }

    /// <summary>Everything from an empty pool to the result of the call, and back.</summary>
    private static void Try(uint bytes, Measurement* m)
    {
        BoardState state = default;
        MemoryRegion region = *RunPlan.Get()->Regions;
        region.Bytes = bytes;
        Runtime* rt = Boot.Start(&region, 1, &state);
        m->Error = WasmError.PoolTooSmall;
        if (rt == null) return;
        Allocator.Statistics(&rt->Allocator, &m->Pool);
        m->Control = m->Pool.Used;
        RunPlan* plan = RunPlan.Get();
        Module* module;
        StackPaint.Paint();
        m->Error = Load(rt, plan, &module);
        m->Load = StackPaint.Used();
        if (m->Error == WasmError.None) m->Error = Boot.HostModules(rt, module);
        if (m->Error != WasmError.None) return;
        InstantiateArgs args = default;
        args.StackBytes = plan->StackBytes;
        args.HeapBytes = plan->HeapBytes;
        args.Wasi = &plan->Wasi;
        args.AllowUnlinked = plan->AllowUnlinked != 0;
        Instance* instance;
        StackPaint.Paint();
        m->Error = Instances.Create(module, &args, &instance);
        m->Instantiate = StackPaint.Used();
        if (m->Error == WasmError.None) Call(instance, plan, m);
    }

    /// <summary>Loads without the firmware's own steps, so that the stack is the runtime's.</summary>
    private static WasmError Load(Runtime* rt, RunPlan* plan, Module** module) => Images.Is(plan->Module, plan->ModuleBytes)
        ? Profile.Load(rt, plan->Module, plan->ModuleBytes, module)
        : LoadPlan.Load(rt, plan->Module, plan->ModuleBytes, module);

    private static void Call(Instance* instance, RunPlan* plan, Measurement* m)
    {
        uint* slots = stackalloc uint[(int)MaxSlots];
        for (uint i = 0; i < plan->SlotCount && i < MaxSlots; i++) slots[i] = plan->Slots[i];
        ExecEnv* env;
        m->Error = ExecEnvs.Create(instance, 0, &env);
        if (m->Error != WasmError.None) return;
        StackPaint.Paint();
        m->Error = Calls.Initialize(env, plan->Export, plan->ExportLength);
        if (m->Error == WasmError.None) m->Error = Calls.ByName(env, plan->Export, plan->ExportLength, slots, MaxSlots);
        m->Call = StackPaint.Used();
        Allocator.Statistics(&instance->Runtime->Allocator, &m->Pool);
        ExecEnvs.Free(env);
    }

    private static void Sizes()
    {
        Console.Text("\x1Ewn:structs"u8);
        Console.Field("Runtime"u8, (uint)sizeof(Runtime));
        Console.Field("Allocator"u8, (uint)sizeof(Allocator));
        Console.Field("LoadedModule"u8, (uint)sizeof(LoadedModule));
        Console.Field("Instance"u8, (uint)sizeof(Instance));
        Console.Field("ExecEnv"u8, (uint)sizeof(ExecEnv));
        Console.Field("Function"u8, (uint)sizeof(Function));
        Console.Field("FuncType"u8, (uint)sizeof(FuncType));
        Console.Field("MemoryInst"u8, (uint)sizeof(MemoryInst));
        Console.Field("TableInst"u8, (uint)sizeof(TableInst));
        Console.NewLine();
    }
}
