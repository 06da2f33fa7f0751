// SPDX-License-Identifier: MIT
// Repeats a step of a test script, each time with a later allocation failing, until none fails. Every failure must be reported and leave
// nothing behind.

namespace Wamr.Nano.Boards;

internal static unsafe class SpecShortage
{
    /// <returns>What the step gave when it had all the memory it asked for, or found out before that it must fail.</returns>
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
            // A module may be found wrong before memory runs out, and an allocation of a start function is its own affair.
            if (error != WasmError.OutOfMemory) return error;
            // An instance whose functions are in somebody else's table lives on in it; the end of the script shows that nothing stays.
            bool mayLiveOn = m->Loaded != null && m->Loaded->ImportedTables != 0;
            if (Used(pool) != used && !mayLiveOn || Allocator.Check(pool) != WasmError.None) s->Unclean++;
        }
        return step(s, m);
    }

    /// <summary>Bytes of modules and instances; the runtime's list of instances stays as long as it once had to be.</summary>
    private static uint Used(Allocator* pool) => pool->Module.Used + pool->Instance.Used + pool->ExecEnv.Used;
}
