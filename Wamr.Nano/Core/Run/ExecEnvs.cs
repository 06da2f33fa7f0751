// SPDX-License-Identifier: MIT
// Execution environments: creation with a stack of the pool or of the embedder, exceptions, end.
using Wamr.Nano.Core.Memory;
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.RegisterCode;

namespace Wamr.Nano.Core.Run;

internal static unsafe class ExecEnvs
{
    private const uint Alignment = 8;

    /// <summary>Makes an environment, its operand stack behind it in the same block.</summary>
    /// <param name="instance">Cannot be freed before the environment is.</param>
    /// <param name="stackBytes">Size of the operand stack; 0: <see cref="Instance.DefaultStackBytes"/>.</param>
    /// <param name="result">Null on failure.</param>
    /// <returns>
    /// <see cref="WasmError.BadArgument"/> below <see cref="Config.MinStackBytes"/>, unless its code is native;
    /// <see cref="WasmError.OutOfMemory"/>.
    /// </returns>
    internal static WasmError Create(Instance* instance, uint stackBytes, ExecEnv** result)
    {
        Runtime* rt = instance->Runtime;
        *result = null;
        if (stackBytes == 0) stackBytes = instance->DefaultStackBytes;
        if (stackBytes < Config.MinStackBytes && !instance->Loaded->IsNative)
            return Runtimes.FailValue(rt, WasmError.BadArgument, stackBytes, Config.MinStackBytes);
        uint size = HeaderSize + stackBytes;
        if (size < stackBytes) size = uint.MaxValue;
        byte* block = (byte*)Allocator.Alloc(&rt->Allocator, size, MemoryCategory.ExecEnv);
        if (block == null) return rt->Error.Code;
        *result = Init(instance, block, stackBytes);
        (*result)->OwnsBlock = 1;
        return WasmError.None;
    }

    /// <summary>
    /// Makes an environment with its operand stack in a buffer of the embedder, which must outlive it. Nothing is allocated.
    /// </summary>
    /// <param name="instance">Cannot be freed before the environment is.</param>
    /// <param name="buffer">Any alignment.</param>
    /// <param name="bytes">Size of the buffer; <see cref="Overhead"/> of it is no stack.</param>
    /// <param name="result">Null on failure.</param>
    /// <returns><see cref="WasmError.BadArgument"/> of a buffer that leaves less than <see cref="Config.MinStackBytes"/>.</returns>
    internal static WasmError CreateIn(Instance* instance, void* buffer, uint bytes, ExecEnv** result)
    {
        *result = null;
        uint gap = (uint)(0 - (nuint)buffer) & (Alignment - 1);
        if (bytes < gap + HeaderSize + Config.MinStackBytes)
            return Runtimes.FailValue(instance->Runtime, WasmError.BadArgument, bytes, gap + HeaderSize + Config.MinStackBytes);
        *result = Init(instance, (byte*)buffer + gap, bytes - gap - HeaderSize);
        return WasmError.None;
    }

    /// <summary>Bytes of a caller's buffer that are no stack, at most.</summary>
    internal static uint Overhead => HeaderSize + Alignment - 1;

    /// <summary>Ends an environment.</summary>
    /// <returns><see cref="WasmError.InstanceInUse"/> inside a call; a suspended one is abandoned.</returns>
    internal static WasmError Free(ExecEnv* env)
    {
        Instance* home = env->Instance;
        if (env->Depth != 0) return Runtimes.Fail(home->Runtime, WasmError.InstanceInUse);
        Remove(home, env);
        Collector.Collect(home->Runtime);
        return WasmError.None;
    }

    /// <summary>The exception of the environment: the trap that ended its last call, or what the host set.</summary>
    internal static WasmError Exception(ExecEnv* env) => env->Trap;

    /// <summary>
    /// Sets the exception. A host function that returns <see cref="WasmError.None"/> after it traps with it nevertheless.
    /// </summary>
    internal static void SetException(ExecEnv* env, WasmError exception) => env->Trap = exception;

    /// <summary>Clears it: the trap of a call back was dealt with, and is no part of any that comes later.</summary>
    internal static void ClearException(ExecEnv* env)
    {
        env->Trap = WasmError.None;
        env->TrapInstance = null;
    }

    /// <summary>Gives the next calls so much fuel together: see <see cref="ExecEnv.Fuel"/>.</summary>
    internal static void SetFuel(ExecEnv* env, ulong fuel)
    {
        env->Fuel = fuel;
        env->FuelLimited = 1;
    }

    /// <summary>Gives what runs from now on so many nanoseconds together, by the platform's clock; 0: all there is.</summary>
    internal static void SetTimeLimit(ExecEnv* env, ulong nanoseconds)
    {
        // What ran before may have gone on to its end after its time was up.
        if (env->Terminate == ExecEnv.TimeIsUp) env->Terminate = ExecEnv.GoOn;
        ulong end = Fuel.Now(env->Instance->Runtime) + nanoseconds;
        env->Deadline = nanoseconds == 0 ? 0 : end < nanoseconds ? ulong.MaxValue : end;
    }

    /// <summary>Takes an environment off its instance and frees its block.</summary>
    internal static void Remove(Instance* home, ExecEnv* env)
    {
        ExecEnv** link = &home->Envs;
        while (*link != env) link = &(*link)->Next;
        *link = env->Next;
        Trace* trace = home->Runtime->Trace;
        if (trace != null && trace->Env == env) Traces.Forget(home->Runtime);
        if (env->OwnsBlock != 0) Allocator.Free(&home->Runtime->Allocator, env);
    }

    /// <summary>
    /// Before an instance runs on a stack that somebody else used: what is left there from <paramref name="from"/> up is not its business.
    /// Only bytecode of an image could look: it may read slots it has not written.
    /// </summary>
    internal static void Hide(ExecEnv* env, Instance* next, uint* from)
    {
        if (next->Loaded->Image == null || next->Loaded->IsNative) return;
        uint bytes = (uint)((byte*)env->StackEnd - (byte*)from);
        Raw.Fill((byte*)from, 0, bytes);
        Fuel.Charge(env, bytes / Fuel.BytesPerUnit);
    }

    private static uint HeaderSize => ((uint)sizeof(ExecEnv) + Alignment - 1) & ~(Alignment - 1);

    private static ExecEnv* Init(Instance* instance, byte* block, uint stackBytes)
    {
        ExecEnv* env = (ExecEnv*)block;
        *env = default;
        env->Instance = instance;
        env->StackBase = (uint*)(block + HeaderSize);
        env->StackEnd = env->StackBase + stackBytes / sizeof(uint);
        env->StackTop = env->StackBase;
        env->ExitCodeUnit = (ushort)RegOp.Exit;
        env->LeaveCodeUnit = (ushort)RegOp.Leave;
        PlatformHooks* platform = &instance->Runtime->Platform;
        if (platform->StackBoundary != null) env->NativeStackBoundary = platform->StackBoundary(platform->Context);
        env->Next = instance->Envs;
        instance->Envs = env;
        Hide(env, instance, env->StackBase);
        return env;
    }
}
