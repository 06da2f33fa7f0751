// SPDX-License-Identifier: MIT
// Frees instances that nothing can reach any more (spec chapter 4.2.3: the store's contents live as long as they can be accessed).
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Run;

/// <summary>
/// Marks instances, starting from those that the embedder holds. It follows everything that one instance uses of another: imported
/// memories, tables, globals and functions, and references to functions in its own tables and globals. Reference counts would never free
/// two instances that use each other. They would also free an instance whose start failed, although a table already contains its functions.
/// There are few instances, so marking uses no memory and no recursion: it makes passes until nothing changes.
/// </summary>
internal static unsafe class Collector
{
    /// <summary>
    /// Frees every instance that is neither held nor reached. Does nothing while a call runs or is suspended, because its frames also refer
    /// to instances.
    /// </summary>
    internal static void Collect(Runtime* rt)
    {
        if (IsRunning(rt, orWaits: true)) return;
        for (uint id = 1; id < rt->InstanceCapacity; id++)
            if (rt->Instances[id] != null) Clear(rt->Instances[id]);
        while (FollowAll(rt)) { }
        for (uint id = 1; id < rt->InstanceCapacity; id++)
            if (rt->Instances[id] != null && (rt->Instances[id]->State & InstanceState.Reached) == 0) Instances.Destroy(rt->Instances[id]);
    }

    /// <summary>Whether a call runs in any environment or, with <paramref name="orWaits"/>, is suspended in one.</summary>
    internal static bool IsRunning(Runtime* rt, bool orWaits)
    {
        for (uint id = 1; id < rt->InstanceCapacity; id++)
        {
            if (rt->Instances[id] == null) continue;
            for (ExecEnv* env = rt->Instances[id]->Envs; env != null; env = env->Next)
                if (env->Depth != 0 || (orWaits && env->Suspended != 0)) return true;
        }
        return false;
    }

    private static void Clear(Instance* instance)
    {
        instance->State &= InstanceState.Held;
        if (instance->State != InstanceState.None) instance->State |= InstanceState.Reached;
    }

    /// <summary>Follows each instance that is reached but not yet followed; false if there was none.</summary>
    private static bool FollowAll(Runtime* rt)
    {
        bool any = false;
        for (uint id = 1; id < rt->InstanceCapacity; id++)
        {
            Instance* i = rt->Instances[id];
            if (i == null || (i->State & (InstanceState.Reached | InstanceState.Followed)) != InstanceState.Reached) continue;
            i->State |= InstanceState.Followed;
            FollowImports(i);
            FollowTables(i);
            FollowGlobals(i);
            FollowFrames(i);
            any = true;
        }
        return any;
    }

    private static void FollowImports(Instance* i)
    {
        if (i->Memory != null) Reach(i->Memory->Owner);
        for (uint n = 0; n < i->Module->ImportedFunctions; n++) Reach(i->Imports[n].Instance);
        for (uint n = 0; n < i->Module->ImportedGlobals; n++) Reach(Globals.OwnerOf(i->Runtime, i->ImportedGlobals[n]));
    }

    /// <summary>Follows the elements of its own tables. Those of imported tables are followed from the owner.</summary>
    private static void FollowTables(Instance* i)
    {
        for (uint n = 0; n < i->Module->TableCount; n++)
        {
            TableInst* table = i->Tables[n];
            if (table == null) continue;
            Reach(table->Owner);
            if (n < i->Module->ImportedTables || table->ElemType != ValType.FuncRef) continue;
            for (uint e = 0; e < table->Size; e++) Reach(FuncRef.InstanceOf(i->Runtime, table->Elements[e]));
        }
    }

    private static void FollowGlobals(Instance* i)
    {
        if (i->Globals == null) return; // in an image, before its memory exists
        for (uint n = i->Module->ImportedGlobals; n < i->Module->GlobalCount; n++)
            if (i->Module->Globals[n].Type == ValType.FuncRef) Reach(FuncRef.InstanceOf(i->Runtime, *Globals.Cell(i, n)));
    }

    /// <summary>Follows the call stacks of traps, which the embedder may still request.</summary>
    private static void FollowFrames(Instance* i)
    {
        for (ExecEnv* env = i->Envs; env != null; env = env->Next)
        {
            CallFrame frame;
            for (bool more = CallStack.First(env, &frame); more; more = CallStack.Next(env, &frame)) Reach(frame.Instance);
        }
    }

    private static void Reach(Instance* instance)
    {
        if (instance != null) instance->State |= InstanceState.Reached;
    }
}
