// SPDX-License-Identifier: MIT
// The firmware's rules for loading binaries, from the build or board.json. They have no effect on images.

namespace Wamr.Nano.Boards;

internal static unsafe class LoadPlan
{
    internal static WasmError Load(Runtime* rt, byte* bytes, uint size, Module** module)
    {
        RunPlan* plan = RunPlan.Get();
        // The program itself may have requested whole pages.
        if (plan->WholePages != 0) rt->Load.WholePages = 1;
        if (plan->UncheckedCStack != 0) rt->Load.StackPointer = LoadRules.UncheckedStack;
        return ModuleLoader.Load(rt, bytes, size, module);
    }
}
