// SPDX-License-Identifier: MIT
// Keeps the frames of traps in native code, and hands them out. Costs nothing before a trap; then it takes a block of the pool, if there is
// one.
using Wamr.Nano.Core.Memory;

namespace Wamr.Nano.Core.Run;

internal static unsafe class Traces
{
    /// <summary>Frames that are kept, if the pool has room for so many, and the fewest that are worth it.</summary>
    private const uint MaxCapacity = CallStack.Innermost + CallStack.Outermost, MinCapacity = 8;

    /// <summary>The innermost frame that was kept of an environment's last run; false where there is none.</summary>
    internal static bool First(ExecEnv* env, CallFrame* frame) => Find(env, frame, 0);

    /// <summary>The next one that was kept: others may be left out before it, see <see cref="CallFrame.Number"/>.</summary>
    internal static bool Next(ExecEnv* env, CallFrame* frame) => Find(env, frame, frame->Number + 1);

    /// <summary>Gives the memory back: nobody will ask any more.</summary>
    internal static void Forget(Runtime* rt)
    {
        if (rt->Trace != null) Allocator.Free(&rt->Allocator, rt->Trace);
        rt->Trace = null;
    }

    /// <summary>
    /// A run ends with a trap: what is kept goes on where the trap came out of a run inside of it, and else begins anew.
    /// </summary>
    /// <returns>Whether it begins here.</returns>
    internal static bool Begin(ExecEnv* env)
    {
        bool first = env->TrapInstance == null;
        env->TrapInstance = env->Instance;
        if (first) Forget(env->Instance->Runtime);
        return first;
    }

    /// <summary>Where to keep frames; null where the pool has no room.</summary>
    internal static Trace* Open(ExecEnv* env, bool first)
    {
        Runtime* rt = env->Instance->Runtime;
        if (first) rt->Trace = Allocate(rt, env);
        return rt->Trace != null && rt->Trace->Env == env ? rt->Trace : null;
    }

    internal static void Add(Trace* trace, Instance* instance, uint function, uint position)
    {
        KeptFrame* frame = Place(trace, trace->Count++);
        frame->Function = (uint)instance->Id << Config.FuncRefBits | function;
        frame->Position = position;
    }

    /// <summary>Frames that were kept, or counted, of an environment's last run.</summary>
    internal static uint Count(ExecEnv* env)
    {
        Trace* trace = env->Instance->Runtime->Trace;
        return trace != null && trace->Env == env && env->TrapInstance != null ? trace->Count : 0;
    }

    /// <summary>As many frames as the pool has room for; null where that is next to none.</summary>
    private static Trace* Allocate(Runtime* rt, ExecEnv* env)
    {
        ErrorInfo before = rt->Error;
        Trace* trace = null;
        uint capacity = 2 * MaxCapacity;
        while (trace == null && capacity > MinCapacity)
        {
            capacity /= 2;
            trace =
                (Trace*)Allocator.Alloc(&rt->Allocator, (uint)sizeof(Trace) + capacity * (uint)sizeof(KeptFrame), MemoryCategory.ExecEnv);
        }
        rt->Error = before;
        if (trace == null) return null;
        trace->Env = env;
        trace->Count = 0;
        trace->Capacity = capacity;
        return trace;
    }

    /// <summary>Frame <paramref name="number"/>, or the next one that is kept; false where there is none.</summary>
    internal static bool Find(ExecEnv* env, CallFrame* frame, uint number)
    {
        uint count = Count(env);
        if (number >= count) return false;
        Runtime* rt = env->Instance->Runtime;
        uint outermost = Ring(rt->Trace);
        if (number >= rt->Trace->Capacity - outermost && number + outermost < count) number = count - outermost;
        KeptFrame* kept = Place(rt->Trace, number);
        frame->Number = number;
        frame->Instance = FuncRef.InstanceOf(rt, kept->Function);
        frame->Function = FuncRef.FunctionOf(kept->Function);
        frame->Position = kept->Position;
        return frame->Instance != null;
    }

    private static KeptFrame* Place(Trace* trace, uint number)
    {
        uint ring = Ring(trace), innermost = trace->Capacity - ring;
        return (KeptFrame*)(trace + 1) + (number < innermost ? number : innermost + (number - innermost) % ring);
    }

    private static uint Ring(Trace* trace) => trace->Capacity / 4;
}
