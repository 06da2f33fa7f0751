// SPDX-License-Identifier: MIT
// Walks the native stack of a trap with the image's table of calls, from each return address to the next. The table gives the exact size of
// each frame. A return address that is not in the table ends the walk.
using Wamr.Nano.Core.Image;
using Wamr.Nano.Core.Run;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Engine.Native;

internal static unsafe class NativeFrames
{
    /// <summary>Makes the runtime keep frames if all code is native; otherwise use <see cref="CallStacks.Register"/>.</summary>
    internal static void Register(Runtime* rt) => rt->Keep = &Keep;

    /// <summary>See <see cref="Runtime.Keep"/>.</summary>
    private static void Keep(ExecEnv* env, void* native, uint place, nuint* stack)
    {
        Trace* trace = Traces.Open(env, Traces.Begin(env));
        if (trace != null) Walk(trace, env->Instance, (NativeEnv*)native, place, stack);
    }

    /// <summary>Keeps the frames of a call into native code.</summary>
    /// <param name="trace">Receives the frames.</param>
    /// <param name="instance">The instance that runs the code.</param>
    /// <param name="native">The environment of the call, which says where the code was entered.</param>
    /// <param name="place">
    /// Where the innermost function would continue, as an offset in the code; with <see cref="NativeAbi.Faulted"/>, where it is.
    /// </param>
    /// <param name="stack">The stack pointer there.</param>
    internal static void Walk(Trace* trace, Instance* instance, NativeEnv* native, uint place, nuint* stack)
    {
        nuint* top = (nuint*)native->Jump2;
        Module* module = instance->Module;
        while (stack < top)
        {
            uint words = Call(trace, instance, place & ~NativeAbi.Faulted, place < NativeAbi.Faulted);
            // Even with a forged table, this reads only the stack of this call.
            if (words == 0 || words > (nuint)(top - stack)) return;
            stack += words;
            nuint offset = stack[-1] - (nuint)module->Code;
            if (offset >= module->CodeSize) return;
            place = (uint)offset;
        }
    }

    /// <summary>Keeps the functions that contain a call, or (if it is not a call) the code at a position.</summary>
    /// <returns>
    /// The number of words from the stack pointer there to that of the caller, of which the last is the return address; 0 if the table has
    /// no such call.
    /// </returns>
    private static uint Call(Trace* trace, Instance* instance, uint place, bool isCall)
    {
        ImageHeader* image = instance->Loaded->Image;
        ByteReader r;
        if (!Block(image, instance->Module, isCall ? place : place + 1, &r)) return 0;
        int unit = CallEntry.UnitShift(image->Target.Machine);
        uint at = ((CallBlock*)r.Base)->First, words = 0, outermost = 0, offset = 0;
        while (r.Pos < r.End && (at <= place || !isCall))
        {
            uint shape = Read.U32(&r);
            at += shape >> CallEntry.ShapeBits << unit;
            if ((shape & CallEntry.NewFrame) != 0)
            {
                words = Read.U32(&r);
                outermost = Read.U32(&r);
            }
            uint inside = (shape & CallEntry.IsInside) != 0 ? Read.U32(&r) : 0;
            bool range = (shape & CallEntry.IsInside) != 0 && inside == 0, found = isCall ? at == place && !range : at > place && range;
            for (; inside != 0 && r.Pos < r.End; inside--)
            {
                uint function = Read.U32(&r);
                bool known = (function & 1) != 0;
                if (known) offset += Distance(&r);
                if (found) Add(trace, instance, function >> 1, known ? offset : ErrorInfo.Unknown);
            }
            bool isKnown = (shape & CallEntry.HasOffset) != 0;
            if (isKnown) offset += Distance(&r);
            if (!found) continue;
            if (outermost != 0) Add(trace, instance, outermost - 1, isKnown ? offset : ErrorInfo.Unknown);
            return words;
        }
        return 0;
    }

    /// <summary>The entries that may include that of a return address, with the address of their block as the reader's base.</summary>
    private static bool Block(ImageHeader* image, Module* module, uint place, ByteReader* r)
    {
        CallBlock* blocks = (CallBlock*)((byte*)image + image->CallsAt(module->TypeCount));
        byte* entries = (byte*)(blocks + image->ReferenceCount);
        uint low = 0, high = image->ReferenceCount, size = (uint)(module->Bytes - entries);
        while (low < high)
        {
            uint middle = (low + high) / 2;
            if (blocks[middle].First > place) high = middle;
            else low = middle + 1;
        }
        if (low == 0) return false;
        CallBlock* block = &blocks[low - 1];
        uint end = low < image->ReferenceCount ? block[1].At : size;
        if (block->At > end || end > size) return false;
        *r = Read.Over((byte*)block, entries + block->At, entries + end);
        return true;
    }

    /// <summary>A number whose lowest bit is its sign.</summary>
    private static uint Distance(ByteReader* r)
    {
        uint value = Read.U32(r);
        return value >> 1 ^ 0 - (value & 1);
    }

    private static void Add(Trace* trace, Instance* instance, uint function, uint offset)
    {
        if (function >= instance->Module->ImportedFunctions && function < instance->Module->FunctionCount)
            Traces.Add(trace, instance, function, offset);
    }
}
