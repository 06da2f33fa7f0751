// SPDX-License-Identifier: MIT
// Walks the frames of a run that trapped or is suspended, innermost first. This costs nothing while code runs.
using Wamr.Nano.Core.RegisterCode;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Run;

/// <summary>One frame of a call stack.</summary>
internal unsafe struct CallFrame
{
    internal Instance* Instance;

    /// <summary>Function index in the instance's module.</summary>
    internal uint Function;

    /// <summary>The unit in the function's register code; in outer frames, a unit inside the call.</summary>
    internal uint Position;

    /// <summary>The number of inner frames.</summary>
    internal uint Number;

    /// <summary>Where the walk continues.</summary>
    internal byte* Pc;
    internal uint* Fp;
}

internal static unsafe class CallStack
{
    /// <summary>The number of frames to show at both ends of a deep call stack. Endless recursion has thousands of frames.</summary>
    internal const uint Innermost = 48, Outermost = 16;

    /// <summary>Whether a frame, counted from 0 at the innermost one, is one of those at the ends.</summary>
    internal static bool IsShown(uint number, uint count) => number < Innermost || number + Outermost >= count;

    /// <summary>The innermost frame of the last run; false if no wasm code ran.</summary>
    internal static bool First(ExecEnv* env, CallFrame* frame)
    {
        frame->Number = 0;
        frame->Instance = env->TrapInstance;
        frame->Pc = env->Pc;
        frame->Fp = env->Fp;
        // If a call did not reach its first frame, pc is still at the exit.
        return frame->Instance != null && frame->Pc != (byte*)&env->ExitCodeUnit && Find(frame);
    }

    /// <summary>The caller of <paramref name="frame"/>; false if that was the host.</summary>
    internal static bool Next(ExecEnv* env, CallFrame* frame)
    {
        frame->Number++;
        ushort* code = RegCode.Of(frame->Instance->Module, frame->Function);
        uint* area = frame->Fp + code[RegCode.ParamSlots] + code[RegCode.ZeroSlots] + code[RegCode.ConstSlots];
        frame->Pc = SaveArea.ReturnTo(area);
        frame->Fp -= SaveArea.Delta(area);
        if (frame->Pc == (byte*)&env->LeaveCodeUnit)
        {
            uint* record = frame->Fp;
            frame->Pc = SaveArea.ReturnTo(record);
            frame->Instance = CallRecord.Caller(frame->Instance, record);
            frame->Fp = record - CallRecord.FrameOf(record);
        }
        if (frame->Pc == (byte*)&env->ExitCodeUnit) return false;
        // A return address lies after the call, and the position of the call is wanted.
        frame->Pc -= 2;
        return Find(frame);
    }

    /// <summary>
    /// The function whose code contains the frame's pc: the last one that begins at or before it. Code lies in the order of the indices.
    /// </summary>
    private static bool Find(CallFrame* frame)
    {
        Module* module = frame->Instance->Module;
        uint low = module->ImportedFunctions, high = module->FunctionCount;
        while (low < high)
        {
            uint middle = (low + high) / 2;
            if ((byte*)RegCode.Of(module, middle) > frame->Pc) high = middle;
            else low = middle + 1;
        }
        if (low == module->ImportedFunctions) return false;
        frame->Function = low - 1;
        frame->Position = (uint)(frame->Pc - (byte*)RegCode.Of(module, frame->Function)) / 2;
        return true;
    }
}
