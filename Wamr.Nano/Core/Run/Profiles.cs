// SPDX-License-Identifier: MIT
// Keeps a profile: a stack of open calls beside the real one, of bounded depth. Without a profile, none of this runs or is linked.
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.RegisterCode;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Run;

internal static unsafe class Profiles
{
    private const uint Opcodes = 256;

    /// <summary>Bytes of a profile.</summary>
    /// <param name="module">The module.</param>
    /// <param name="frames">The most open calls that are recorded. Deeper calls count for the deepest recorded one.</param>
    /// <param name="instructions">Whether executions of opcodes are counted.</param>
    internal static uint Size(Module* module, uint frames, bool instructions) =>
        (uint)sizeof(Profile) + module->FunctionCount * (uint)sizeof(FunctionProfile) + frames * (uint)sizeof(ProfileFrame)
        + (instructions ? Opcodes * sizeof(ulong) : 0);

    /// <summary>
    /// Begins a profile of all runs in <paramref name="env"/>, in an 8-aligned block of <see cref="Size"/> bytes, which must outlive the
    /// environment.
    /// </summary>
    internal static void Init(ExecEnv* env, void* block, uint frames, bool instructions)
    {
        Module* module = env->Instance->Module;
        Raw.Fill((byte*)block, 0, Size(module, frames, instructions));
        Profile* profile = (Profile*)block;
        profile->Note = &Note;
        profile->Module = module;
        profile->Functions = (FunctionProfile*)(profile + 1);
        profile->Frames = (ProfileFrame*)(profile->Functions + module->FunctionCount);
        profile->Capacity = frames;
        if (instructions) profile->Instructions = (ulong*)(profile->Frames + frames);
        env->Profile = profile;
    }

    /// <summary>Called before a call from outside, which abandons a run that waited for fuel.</summary>
    /// <returns>For <see cref="End"/>.</returns>
    internal static uint Begin(ExecEnv* env)
    {
        Profile* profile = env->Profile;
        if (profile == null) return 0;
        GoOn(env);
        byte here;
        if (env->Depth == 0)
        {
            Close(env, 0);
            if (profile->NativeTop < (nuint)(&here)) profile->NativeTop = (nuint)(&here);
        }
        return profile->Depth + profile->Skipped;
    }

    /// <summary>Called before a run that waited for fuel is resumed. The time in between does not count.</summary>
    internal static void GoOn(ExecEnv* env)
    {
        Profile* profile = env->Profile;
        if (profile == null || profile->Stopped == 0) return;
        profile->Waited += Clock(env) - profile->Stopped;
        profile->Stopped = 0;
    }

    /// <summary>Called after a call from outside, however it ended. Calls that are still open have ended, or wait for fuel.</summary>
    /// <param name="env">The environment.</param>
    /// <param name="open">The result of <see cref="Begin"/>; 0 for a resumed run.</param>
    internal static void End(ExecEnv* env, uint open)
    {
        Profile* profile = env->Profile;
        if (profile == null) return;
        if (env->Suspended != 0) profile->Stopped = Clock(env);
        else Close(env, open);
    }

    /// <summary>See <see cref="Profile.Note"/>.</summary>
    private static void Note(ExecEnv* env, byte op, uint entry, uint* fp)
    {
        Profile* profile = env->Profile;
        if (entry != 0) Enter(env, profile, entry - 1, fp);
        else
        {
            if (fp != null && profile->Instructions != null) profile->Instructions[op]++;
            if (fp == null || (RegOp)op is RegOp.Return or RegOp.Return32 or RegOp.Return64 or RegOp.ReturnMany) Leave(env, profile, fp);
        }
    }

    private static void Enter(ExecEnv* env, Profile* profile, uint function, uint* fp)
    {
        Module* module = env->Instance->Module;
        if (function >= module->FunctionCount) return;
        Mark(env, profile, function, fp);
        if (module != profile->Module) return;
        ulong now = Now(env);
        // A new frame begins above all open frames. An open frame that does not begin below it was left by a tail call.
        if (fp != null) CloseFrom(profile, fp, now);
        profile->Functions[function].Calls++;
        if (profile->Depth == profile->Capacity)
        {
            profile->Lost++;
            if (fp == null) profile->Skipped++;
            return;
        }
        ProfileFrame* frame = &profile->Frames[profile->Depth++];
        frame->Function = function;
        frame->Fp = fp;
        frame->Start = now;
        frame->Inside = 0;
        profile->Functions[function].Open++;
    }

    /// <summary>Notes how deep both stacks are.</summary>
    private static void Mark(ExecEnv* env, Profile* profile, uint function, uint* fp)
    {
        byte here;
        Module* module = env->Instance->Module;
        if (profile->NativeLow == 0 || (nuint)(&here) < profile->NativeLow) profile->NativeLow = (nuint)(&here);
        if (fp == null || function < module->ImportedFunctions) return;
        uint bytes = (uint)((byte*)(fp + RegCode.Of(module, function)[RegCode.FrameSlots]) - (byte*)env->StackBase);
        if (bytes > profile->StackHighWater) profile->StackHighWater = bytes;
    }

    private static void Leave(ExecEnv* env, Profile* profile, uint* fp)
    {
        if (env->Instance->Module != profile->Module) return;
        if (fp != null) CloseFrom(profile, fp, Now(env));
        else if (profile->Skipped != 0) profile->Skipped--;
        else if (profile->Depth != 0) Pop(profile, Now(env));
    }

    /// <summary>Ends the calls whose frames begin at <paramref name="fp"/> or above.</summary>
    private static void CloseFrom(Profile* profile, uint* fp, ulong now)
    {
        while (profile->Depth != 0 && profile->Frames[profile->Depth - 1].Fp >= fp) Pop(profile, now);
    }

    /// <summary>Ends all calls but the first <paramref name="open"/>.</summary>
    private static void Close(ExecEnv* env, uint open)
    {
        Profile* profile = env->Profile;
        profile->Skipped = open > profile->Depth ? open - profile->Depth : 0;
        if (profile->Depth <= open) return;
        ulong now = Now(env);
        while (profile->Depth > open) Pop(profile, now);
    }

    private static void Pop(Profile* profile, ulong now)
    {
        ProfileFrame* frame = &profile->Frames[--profile->Depth];
        FunctionProfile* function = &profile->Functions[frame->Function];
        ulong time = now - frame->Start;
        function->Self += time - frame->Inside;
        if (--function->Open == 0) function->Total += time;
        if (profile->Depth != 0) frame[-1].Inside += time;
    }

    private static ulong Now(ExecEnv* env) => Clock(env) - env->Profile->Waited;

    private static ulong Clock(ExecEnv* env)
    {
        const uint monotonic = 1;
        PlatformHooks* platform = &env->Instance->Runtime->Platform;
        return platform->Clock == null ? 0 : platform->Clock(platform->Context, monotonic);
    }
}
