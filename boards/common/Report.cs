// SPDX-License-Identifier: MIT
// Reports a run in lines that begin with a record separator and "wn:", so that the command line can distinguish them from the app's output.
using System;

namespace Wamr.Nano.Boards;

internal static unsafe class Report
{
    internal const uint FailureCode = 1;

    /// <summary>An error that is not a trap: <c>wn:error 1002 offset=0 ...</c>, with the known details.</summary>
    /// <returns>The exit code.</returns>
    internal static uint Failed(WasmError error, ErrorInfo* info)
    {
        Console.Text("\x1Ewn:error "u8);
        Console.Decimal((uint)error);
        if (info != null)
        {
            if (info->Offset != ErrorInfo.Unknown) Console.Field("offset"u8, info->Offset);
            if (info->Index != ErrorInfo.Unknown) Console.Field("index"u8, info->Index);
            if (info->Asked != 0) Console.Field("asked"u8, info->Asked);
            if (info->Free != 0) Console.Field("free"u8, info->Free);
            if (info->Largest != 0) Console.Field("largest"u8, info->Largest);
        }
        Console.NewLine();
        return FailureCode;
    }

    /// <summary>
    /// A trap: <c>wn:trap 5001</c>, and the call stack if the profile has one. For a missing function, also its index among the imports.
    /// </summary>
    internal static uint Trapped(ExecEnv* env)
    {
        Console.Text("\x1Ewn:trap "u8);
        Console.Decimal((uint)env->Trap);
        if (env->Trap == WasmError.UnlinkedFunction) Console.Field("index"u8, env->Instance->Runtime->Error.Index);
        Console.NewLine();
        Frames(env);
        return FailureCode;
    }

    /// <summary>
    /// The call stack, innermost first: <c>wn:at function=3 offset=120</c> for each frame. In a deep call stack, <c>wn:more 936
    /// behind=48</c> replaces the middle, which would take minutes on a serial line.
    /// </summary>
    private static void Frames(ExecEnv* env)
    {
        CallFrame frame;
        uint all = 0, next = 0, shown = 0;
        Positions positions = default;
        for (bool more = Profile.First(env, &frame); more; more = Profile.Next(env, &frame)) all = frame.Number + 1;
        for (bool more = Profile.First(env, &frame); more; more = Profile.Next(env, &frame))
        {
            if (!CallStack.IsShown(frame.Number, all)) continue;
            if (frame.Number != next) More(frame.Number - next, shown);
            next = frame.Number + 1;
            shown++;
            At(frame.Function, Positions.Of(&positions, &frame));
        }
    }

    private static void At(uint function, uint offset)
    {
        Console.Text("\x1Ewn:at"u8);
        Console.Field("function"u8, function);
        Console.Field("offset"u8, offset);
        Console.NewLine();
    }

    private static void More(uint frames, uint behind)
    {
        Console.Text("\x1Ewn:more "u8);
        Console.Decimal(frames);
        Console.Field("behind"u8, behind);
        Console.NewLine();
    }

    /// <summary>The results of a function: <c>wn:result 0x2a:i32</c>.</summary>
    internal static void Results(ExecEnv* env, byte* export, uint length, uint* slots)
    {
        Module* module = env->Instance->Module;
        ExternKind kind;
        uint index;
        if (!Exports.Find(module, export, length, &kind, &index)) return;
        FuncType* type = &module->Types[module->Functions[index].TypeIndex];
        for (uint i = 0; i < type->ResultCount; i++) slots += Result((ValType)FuncTypes.Results(type)[i], slots);
    }

    private static uint Result(ValType type, uint* slots)
    {
        Console.Text("\x1Ewn:result "u8);
        uint size = ValTypes.Slots(type);
        Console.Hex(size == 2 ? Raw.Load64((byte*)slots) : *slots, 1);
        Console.Text(":"u8);
        Console.Text(type switch
        {
            ValType.I32 => "i32"u8,
            ValType.I64 => "i64"u8,
            ValType.F32 => "f32"u8,
            ValType.F64 => "f64"u8,
            _ => "ref"u8,
        });
        Console.NewLine();
        return size;
    }

    /// <summary>Instructions of a step of the run: <c>wn:load instructions=5</c>; of the call itself, <c>wn:count</c>.</summary>
    internal static void Count(ReadOnlySpan<byte> step, ulong instructions)
    {
        Console.Text("\x1Ewn:"u8);
        Console.Text(step);
        Console.Field("instructions"u8, instructions);
        Console.NewLine();
    }

    /// <summary>Where an image lies, where its code runs, and where its linear memory is. Prints nothing for a binary.</summary>
    internal static void Image(Instance* instance)
    {
        Module* module = instance->Module;
        ImageHeader* image = LoadedModule.Of(module)->Image;
        if (image == null) return;
        ulong* places = stackalloc ulong[6];
        places[0] = (nuint)image;
        places[1] = image->Size;
        places[2] = (nuint)module->Code;
        places[3] = module->CodeSize;
        places[4] = places[5] = 0;
        if (instance->Memory != null)
        {
            places[4] = (nuint)instance->Memory->Data;
            places[5] = instance->Memory->Size;
        }
        Console.Text("\x1Ewn:image"u8);
        Console.Fields("at bytes code codebytes memory memorybytes "u8, places);
        Console.NewLine();
    }

    /// <summary>The pool at the end, when only the runtime itself may still use memory.</summary>
    internal static void Memory(Runtime* rt)
    {
        MemoryStatistics s;
        Allocator.Statistics(&rt->Allocator, &s);
        ulong* bytes = stackalloc ulong[7];
        bytes[0] = s.Total;
        bytes[1] = s.Used;
        bytes[2] = s.HighWater;
        bytes[3] = s.Runtime.HighWater;
        bytes[4] = s.Module.HighWater;
        bytes[5] = s.Instance.HighWater;
        bytes[6] = s.ExecEnv.HighWater;
        Console.Text("\x1Ewn:pool"u8);
        Console.Fields("total used high runtime module instance env "u8, bytes);
        Console.NewLine();
    }
}
