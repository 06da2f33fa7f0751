// SPDX-License-Identifier: MIT
// Runs a module again and again, and each time claims that the native stack is 16 bytes smaller. Every run must succeed or end with
// NativeStackOverflow. Nothing below the stack may be written, and nothing of the pool may stay in use.

namespace Wamr.Nano.Boards;

internal static unsafe class StackSweep
{
    private const uint Step = 16, MaxSlots = 16;

    /// <summary>The results so far.</summary>
    private struct Tally
    {
        internal uint Succeeded;
        internal uint Trapped;
        internal uint Smallest;
        internal uint OtherErrors;
        internal uint Overwritten;
        internal uint Leaked;

        /// <summary>The most bytes below the boundary that successful calls used, which is the used part of the reserve.</summary>
        internal uint Beyond;

        /// <summary>The lowest byte of the stack that the current run has written.</summary>
        internal byte* Lowest;
    }

    internal static uint Run()
    {
        RunPlan* plan = RunPlan.Get();
        Tally t = default;
        byte here;
        uint largest = (uint)(&here - plan->StackLimit) & ~(Step - 1);
        // If a run is refused at once, the stack is as small as this program itself needs. It cannot be smaller.
        byte* lowest = RunOn(plan, &here, 0, &t);
        t = default;
        uint own = ((uint)(&here - lowest) + Step) & ~(Step - 1);
        for (uint size = largest; size >= own; size -= Step) RunOn(plan, &here - size, size, &t);
        Console.Text("\x1Ewn:sweep"u8);
        Console.Field("succeeded"u8, t.Succeeded);
        Console.Field("trapped"u8, t.Trapped);
        Console.Field("smallest"u8, t.Smallest);
        Console.Field("errors"u8, t.OtherErrors);
        Console.Field("overwritten"u8, t.Overwritten);
        Console.Field("leaked"u8, t.Leaked);
        Console.Field("beyond"u8, t.Beyond);
        Console.NewLine();
        return 0;
    }

    /// <summary>One run with the stack ending at <paramref name="limit"/>.</summary>
    /// <returns>The lowest byte of the stack that was written.</returns>
    private static byte* RunOn(RunPlan* plan, byte* limit, uint size, Tally* t)
    {
        BoardState state = default;
        Runtime* rt = Boot.Start(plan->Regions, plan->RegionCount, &state);
        if (rt == null) return limit;
        state.StackBoundary = (nuint)limit + plan->StackReserve;
        t->Lowest = (byte*)&state;
        StackPaint.Paint();
        WasmError error = Execute(rt, plan, t, limit + plan->StackReserve);
        Look(t);
        if (t->Lowest < limit) t->Overwritten++;
        MemoryStatistics s;
        Allocator.Statistics(&rt->Allocator, &s);
        if (s.Module.Used + s.Instance.Used + s.ExecEnv.Used != 0 || Allocator.Check(&rt->Allocator) != WasmError.None) t->Leaked++;
        if (error == WasmError.None)
        {
            t->Succeeded++;
            t->Smallest = size;
        }
        else if (error == WasmError.NativeStackOverflow) t->Trapped++;
        else t->OtherErrors++;
        BoardMemory.Close(rt);
        return t->Lowest;
    }

    /// <summary>How deep the stack was used since it was painted.</summary>
    private static byte* Look(Tally* t)
    {
        byte* lowest = StackPaint.Lowest();
        if (lowest < t->Lowest) t->Lowest = lowest;
        return lowest;
    }

    private static WasmError Execute(Runtime* rt, RunPlan* plan, Tally* t, byte* boundary)
    {
        Module* module;
        WasmError error = Boot.Load(rt, plan->Module, plan->ModuleBytes, &module);
        if (error != WasmError.None) return error;
        Instance* instance;
        error = Instances.Create(module, null, &instance);
        if (error == WasmError.None)
        {
            error = Call(instance, plan, t, boundary);
            Instances.Free(instance);
        }
        Modules.Unload(module);
        return error;
    }

    private static WasmError Call(Instance* instance, RunPlan* plan, Tally* t, byte* boundary)
    {
        uint* slots = stackalloc uint[(int)MaxSlots];
        for (uint i = 0; i < plan->SlotCount && i < MaxSlots; i++) slots[i] = plan->Slots[i];
        ExecEnv* env;
        WasmError error = ExecEnvs.Create(instance, 0, &env);
        if (error != WasmError.None) return error;
        error = Calls.Initialize(env, plan->Export, plan->ExportLength);
        Look(t);
        StackPaint.Paint();
        if (error == WasmError.None) error = Calls.ByName(env, plan->Export, plan->ExportLength, slots, MaxSlots);
        byte* lowest = Look(t);
        if (error == WasmError.None && lowest < boundary && (uint)(boundary - lowest) > t->Beyond) t->Beyond = (uint)(boundary - lowest);
        ExecEnvs.Free(env);
        return error;
    }
}
