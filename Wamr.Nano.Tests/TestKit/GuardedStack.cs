// SPDX-License-Identifier: MIT
// Operand stacks that end where an inaccessible page begins: a frame that reaches beyond its stack ends the test process.
using System;
using Xunit;

namespace Wamr.Nano.Tests.TestKit;

/// <summary>Room for one environment at a time.</summary>
internal sealed unsafe class GuardedStack(uint maxSlots) : IDisposable
{
    private readonly GuardedBytes _bytes = new((int)(ExecEnvs.Overhead + (maxSlots + 1) * 4));

    /// <summary>An environment whose operand stack has <paramref name="slots"/> slots, the last one right before the guard.</summary>
    public ExecEnv* Env(Instance* instance, uint slots)
    {
        // Environments begin 8-aligned and are not made below a certain size.
        uint even = Math.Max((slots + 1) & ~1u, Config.MinStackBytes / 4);
        byte* start = _bytes.End - (ExecEnvs.Overhead & ~7u) - even * 4;
        ExecEnv* env;
        Assert.Equal(WasmError.None, ExecEnvs.CreateIn(instance, start, (uint)(_bytes.End - start), &env));
        Assert.True(env->StackEnd == _bytes.End && env->StackBase + even == env->StackEnd);
        env->StackBase += even - slots;
        env->StackTop = env->StackBase;
        return env;
    }

    public void Dispose() => _bytes.Dispose();
}
