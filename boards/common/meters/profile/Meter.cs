// SPDX-License-Identifier: MIT
// Meter "profile": calls and times of functions (wnano run --board --profile), the use of the stacks, and the use of the pool by category.
using System;

namespace Wamr.Nano.Boards;

internal static unsafe class Meter
{
    /// <summary>The most open calls that are recorded.</summary>
    private const uint Frames = 64;

    /// <summary>Turns profiling on for binaries that are loaded from now on. For images, it was decided when they were compiled.</summary>
    internal static void Load(Runtime* rt) => rt->Load.Profiled = LoadRules.ProfiledFunctions;

    /// <summary>Called before the call. Takes a block of the pool.</summary>
    internal static WasmError Begin(ExecEnv* env)
    {
        Runtime* rt = env->Instance->Runtime;
        void* block = Allocator.Alloc(&rt->Allocator, Profiles.Size(env->Instance->Module, Frames, false), MemoryCategory.ExecEnv);
        if (block == null) return rt->Error.Code;
        Profiles.Init(env, block, Frames, false);
        Profiles.Begin(env);
        return WasmError.None;
    }

    /// <summary>Called after the call, before its environment ends.</summary>
    internal static void End(ExecEnv* env)
    {
        Core.Run.Profile* profile = env->Profile;
        if (profile == null) return;
        Profiles.End(env, 0);
        for (uint n = 0; n < profile->Module->FunctionCount; n++)
            if (profile->Functions[n].Calls != 0) Function(n, &profile->Functions[n]);
        Console.Text("\x1Ewn:profile"u8);
        Console.Field("lost"u8, profile->Lost);
        Console.Field("operand"u8, profile->StackHighWater);
        Console.Field("native"u8, profile->NativeLow == 0 ? 0 : profile->NativeTop - profile->NativeLow);
        Console.NewLine();
        Allocator.Free(&env->Instance->Runtime->Allocator, profile);
        env->Profile = null;
        Parts(env);
    }

    private static void Function(uint index, FunctionProfile* f)
    {
        Console.Text("\x1Ewn:function"u8);
        Console.Field("index"u8, index);
        Console.Field("calls"u8, f->Calls);
        Console.Field("total"u8, f->Total);
        Console.Field("self"u8, f->Self);
        Console.NewLine();
    }

    /// <summary> The use of the pool: one line per category. Their numbers add up to the allocator's count, which comes last. </summary>
    private static void Parts(ExecEnv* env)
    {
        Runtime* rt = env->Instance->Runtime;
        MemoryStatistics s;
        Allocator.Statistics(&rt->Allocator, &s);
        RuntimeParts runtime = MemoryParts.Of(rt);
        ModuleParts module = MemoryParts.Of(env->Instance->Loaded);
        InstanceParts instance = MemoryParts.Of(env->Instance);
        ExecEnvParts environment = MemoryParts.Of(env);
        Line("runtime"u8, "regions hostfunctions instances overhead used "u8, (uint*)&runtime, 4, s.Runtime.Used);
        Line("module"u8, "structure types functions globals tables segments code overhead used "u8, (uint*)&module, 8, s.Module.Used);
        Line("instance"u8, "structure imports globals tables memory engine appheap overhead used "u8, (uint*)&instance, 8, s.Instance.Used);
        Line("env"u8, "structure operands trace overhead used "u8, (uint*)&environment, 4, s.ExecEnv.Used);
    }

    private static void Line(ReadOnlySpan<byte> category, ReadOnlySpan<byte> names, uint* parts, uint count, uint used)
    {
        ulong* values = stackalloc ulong[9];
        for (uint n = 0; n < count; n++) values[n] = parts[n];
        values[count] = used;
        Console.Text("\x1Ewn:parts "u8);
        Console.Text(category);
        Console.Fields(names, values);
        Console.NewLine();
    }
}
