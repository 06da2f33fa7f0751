// SPDX-License-Identifier: MIT
// Execution environments: creation in the pool or in a buffer of the embedder, exceptions, end.
using Wamr.Nano.Core.Memory;
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.RegisterCode;

namespace Wamr.Nano.Core.Run;

internal static unsafe class ExecEnvs
{
    private const uint Alignment = 8;

    /// <summary>Makes an environment. Its operand stack follows it in the same block.</summary>
    /// <param name="instance">Cannot be freed before the environment is.</param>
    /// <param name="stackBytes">Size of the operand stack in bytes; 0 for <see cref="Instance.DefaultStackBytes"/>.</param>
    /// <param name="result">Null on failure.</param>
    /// <returns>
    /// <see cref="WasmError.BadArgument"/> if the stack is smaller than <see cref="Config.MinStackBytes"/>, unless the code is native;
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
    /// <param name="bytes">Size of the buffer; up to <see cref="Overhead"/> bytes of it are not stack.</param>
    /// <param name="result">Null on failure.</param>
    /// <returns><see cref="WasmError.BadArgument"/> if less than <see cref="Config.MinStackBytes"/> remain for the stack.</returns>
    internal static WasmError CreateIn(Instance* instance, void* buffer, uint bytes, ExecEnv** result)
    {
        *result = null;
        uint gap = (uint)(0 - (nuint)buffer) & (Alignment - 1);
        if (bytes < gap + HeaderSize + Config.MinStackBytes)
            return Runtimes.FailValue(instance->Runtime, WasmError.BadArgument, bytes, gap + HeaderSize + Config.MinStackBytes);
        *result = Init(instance, (byte*)buffer + gap, bytes - gap - HeaderSize);
        return WasmError.None;
    }

    /// <summary>The most bytes of a caller's buffer that are not stack.</summary>
    internal static uint Overhead => HeaderSize + Alignment - 1;

    /// <summary>Ends an environment.</summary>
    /// <returns><see cref="WasmError.InstanceInUse"/> during a call. A suspended call is abandoned.</returns>
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
    /// Sets the exception. Even if the host function then returns <see cref="WasmError.None"/>, the app traps with this exception.
    /// </summary>
    internal static void SetException(ExecEnv* env, WasmError exception) => env->Trap = exception;

    /// <summary>Clears the exception: the host has handled the trap of a callback, which is not part of any later trap.</summary>
    internal static void ClearException(ExecEnv* env)
    {
        env->Trap = WasmError.None;
        env->TrapInstance = null;
    }

    /// <summary>Sets the fuel for all following calls together: see <see cref="ExecEnv.Fuel"/>.</summary>
    internal static void SetFuel(ExecEnv* env, ulong fuel)
    {
        env->Fuel = fuel;
        env->FuelLimited = 1;
    }

    /// <summary>Limits the time of all following calls together, in nanoseconds of the platform's clock; 0 for no limit.</summary>
    internal static void SetTimeLimit(ExecEnv* env, ulong nanoseconds)
    {
        // A run before may have ended by itself after its time was up.
        if (env->Terminate == ExecEnv.TimeIsUp) env->Terminate = ExecEnv.GoOn;
        ulong end = Fuel.Now(env->Instance->Runtime) + nanoseconds;
        env->Deadline = nanoseconds == 0 ? 0 : end < nanoseconds ? ulong.MaxValue : end;
    }

    /// <summary>Removes an environment from its instance, and frees its block.</summary>
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
    /// Clears the operand stack from <paramref name="from"/> up, before an instance runs on a stack that another one has used. Only
    /// bytecode of an image needs this, because it may read slots that it has not written.
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
