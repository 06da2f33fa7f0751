// SPDX-License-Identifier: MIT
// The whole call stack of a trap, whatever ran: interpreter and native code in one another, through instances and host functions.
using Wamr.Nano.Core.Engine.Interpreter;
using Wamr.Nano.Core.Engine.Native;
using Wamr.Nano.Core.Run;

namespace Wamr.Nano.Core.Engine;

internal static unsafe class CallStacks
{
    /// <summary>
    /// Has frames kept of traps in native code, and of runs that host functions or native code started. Without it such a trap has no call
    /// stack, or that of the outermost run alone.
    /// </summary>
    internal static void Register(Runtime* rt) => rt->Keep = &Keep;

    /// <summary>The innermost frame of the last run; false where there is none.</summary>
    internal static bool First(ExecEnv* env, CallFrame* frame) => Traces.First(env, frame) || CallStack.First(env, frame);

    /// <summary>The frame behind <paramref name="frame"/>: others may be left out before it, see <see cref="CallFrame.Number"/>.</summary>
    internal static bool Next(ExecEnv* env, CallFrame* frame)
    {
        uint number = frame->Number + 1, kept = Traces.Count(env);
        if (number < kept) return Traces.Next(env, frame);
        bool more = number == kept && kept != 0 ? CallStack.First(env, frame) : CallStack.Next(env, frame);
        frame->Number = number;
        return more;
    }

    /// <summary>Module offset of the instruction a frame is at; <see cref="ErrorInfo.Unknown"/> where nobody knows it.</summary>
    internal static uint WasmOffset(CallFrame* frame) => frame->Instance->Loaded->IsNative ? frame->Position : WasmPosition.Of(frame);

    /// <summary>See <see cref="Runtime.Keep"/>.</summary>
    private static void Keep(ExecEnv* env, void* native, uint place, nuint* stack)
    {
        bool first = Traces.Begin(env);
        // What the outermost run of the interpreter leaves stays where it is.
        if (native == null && env->Depth == 1) return;
        Trace* trace = Traces.Open(env, first);
        if (native != null)
        {
            if (trace != null) NativeFrames.Walk(trace, env->Instance, (NativeEnv*)native, place, stack);
        }
        else if (trace != null)
        {
            CallFrame frame;
            for (bool more = CallStack.First(env, &frame); more; more = CallStack.Next(env, &frame))
                Traces.Add(trace, frame.Instance, frame.Function, frame.Position);
        }
        else return;
        // There are no other frames of this run.
        env->Pc = (byte*)&env->ExitCodeUnit;
    }
}
