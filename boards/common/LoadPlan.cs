// SPDX-License-Identifier: MIT
// How the firmware loads binaries, as the build or board.json says. Images were compiled one way or the other.

namespace Wamr.Nano.Boards;

internal static unsafe class LoadPlan
{
    internal static WasmError Load(Runtime* rt, byte* bytes, uint size, Module** module)
    {
        RunPlan* plan = RunPlan.Get();
        // The program may have asked for whole pages itself.
        if (plan->WholePages != 0) rt->Load.WholePages = 1;
        if (plan->UncheckedCStack != 0) rt->Load.StackPointer = LoadRules.UncheckedStack;
        return ModuleLoader.Load(rt, bytes, size, module);
    }
}
