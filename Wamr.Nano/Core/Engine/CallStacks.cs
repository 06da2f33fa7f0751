// SPDX-License-Identifier: MIT
// The whole call stack of a trap, even if interpreter and native code called each other, across instances and through host functions.
using Wamr.Nano.Core.Engine.Interpreter;
using Wamr.Nano.Core.Engine.Native;
using Wamr.Nano.Core.Run;

namespace Wamr.Nano.Core.Engine;

internal static unsafe class CallStacks
{
    /// <summary>
    /// Makes the runtime keep frames of traps in native code, and of runs that host functions or native code started. Without it, such a
    /// trap has no call stack, or only that of the outermost run.
    /// </summary>
    internal static void Register(Runtime* rt) => rt->Keep = &Keep;

    /// <summary>The innermost frame of the last run; false if there is none.</summary>
    internal static bool First(ExecEnv* env, CallFrame* frame) => Traces.First(env, frame) || CallStack.First(env, frame);

    /// <summary>
    /// The next frame after <paramref name="frame"/>. Frames before it may have been left out: see <see cref="CallFrame.Number"/>.
    /// </summary>
    internal static bool Next(ExecEnv* env, CallFrame* frame)
    {
        uint number = frame->Number + 1, kept = Traces.Count(env);
        if (number < kept) return Traces.Next(env, frame);
        bool more = number == kept && kept != 0 ? CallStack.First(env, frame) : CallStack.Next(env, frame);
        frame->Number = number;
        return more;
    }

    /// <summary>The module offset of a frame's instruction; <see cref="ErrorInfo.Unknown"/> if it is unknown.</summary>
    internal static uint WasmOffset(CallFrame* frame) => frame->Instance->Loaded->IsNative ? frame->Position : WasmPosition.Of(frame);

    /// <summary>See <see cref="Runtime.Keep"/>.</summary>
    private static void Keep(ExecEnv* env, void* native, uint place, nuint* stack)
    {
        bool first = Traces.Begin(env);
        // The frames of the interpreter's outermost run stay in place.
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
        // This run has no other frames.
        env->Pc = (byte*)&env->ExitCodeUnit;
    }
}
