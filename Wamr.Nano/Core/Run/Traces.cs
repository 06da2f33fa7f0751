// SPDX-License-Identifier: MIT
// Keeps the frames of traps in native code, and returns them on request. It costs nothing before a trap. At a trap, it takes a block from
// the pool, if the pool has one.
using Wamr.Nano.Core.Memory;

namespace Wamr.Nano.Core.Run;

internal static unsafe class Traces
{
    /// <summary>The number of frames to keep if the pool has room, and the smallest useful number.</summary>
    private const uint MaxCapacity = CallStack.Innermost + CallStack.Outermost, MinCapacity = 8;

    /// <summary>The innermost kept frame of an environment's last run; false if there is none.</summary>
    internal static bool First(ExecEnv* env, CallFrame* frame) => Find(env, frame, 0);

    /// <summary>The next kept frame. Frames before it may have been left out: see <see cref="CallFrame.Number"/>.</summary>
    internal static bool Next(ExecEnv* env, CallFrame* frame) => Find(env, frame, frame->Number + 1);

    /// <summary>Frees the memory, because nobody will request the frames any more.</summary>
    internal static void Forget(Runtime* rt)
    {
        if (rt->Trace != null) Allocator.Free(&rt->Allocator, rt->Trace);
        rt->Trace = null;
    }

    /// <summary>
    /// Called when a run ends with a trap. If the trap came from a run inside this one, its kept frames are continued; otherwise a new list
    /// begins.
    /// </summary>
    /// <returns>Whether a new list begins.</returns>
    internal static bool Begin(ExecEnv* env)
    {
        bool first = env->TrapInstance == null;
        env->TrapInstance = env->Instance;
        if (first) Forget(env->Instance->Runtime);
        return first;
    }

    /// <summary>The block for kept frames; null if the pool has no room.</summary>
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

    /// <summary>The number of frames of an environment's last run that were kept or counted.</summary>
    internal static uint Count(ExecEnv* env)
    {
        Trace* trace = env->Instance->Runtime->Trace;
        return trace != null && trace->Env == env && env->TrapInstance != null ? trace->Count : 0;
    }

    /// <summary>Allocates room for as many frames as the pool allows; null if that is too few.</summary>
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

    /// <summary>Frame <paramref name="number"/>, or the next kept one; false if there is none.</summary>
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
