// SPDX-License-Identifier: MIT
// Repeats a step of a test script, each time with a later allocation failing, until none fails. Every failure must be reported and leave
// nothing behind.

namespace Wamr.Nano.Boards;

internal static unsafe class SpecShortage
{
    /// <returns>The result of the step with enough memory, or its error if it fails before memory runs out.</returns>
    internal static WasmError Run(SpecState* s, SpecModule* m, delegate*<SpecState*, SpecModule*, WasmError> step)
    {
        Allocator* pool = &s->Runtime->Allocator;
        for (uint k = 1; s->IsScarce; k++)
        {
            uint used = Used(pool);
            pool->FailAfter = k;
            WasmError error = step(s, m);
            bool denied = pool->FailAfter == 0;
            pool->FailAfter = 0;
            if (!denied) return error;
            s->Denied++;
            // A module may be invalid before memory runs out, and a start function may handle a failed allocation itself.
            if (error != WasmError.OutOfMemory) return error;
            // If another instance's table contains functions of an instance, the instance lives on. The end of the script shows that
            // nothing stays.
            bool mayLiveOn = m->Loaded != null && m->Loaded->ImportedTables != 0;
            if (Used(pool) != used && !mayLiveOn || Allocator.Check(pool) != WasmError.None) s->Unclean++;
        }
        return step(s, m);
    }

    /// <summary>The bytes of modules and instances. The runtime's list of instances does not shrink.</summary>
    private static uint Used(Allocator* pool) => pool->Module.Used + pool->Instance.Used + pool->ExecEnv.Used;
}
