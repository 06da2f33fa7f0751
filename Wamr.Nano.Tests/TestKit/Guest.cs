// SPDX-License-Identifier: MIT
// Calls exports of a core instance with 64-bit values, whatever their types.
using System;
using System.Text;
using Xunit;

namespace Wamr.Nano.Tests.TestKit;

internal static unsafe class Guest
{
    /// <summary>Calls an export; the results' bits, none where it failed.</summary>
    public static WasmError Try(ExecEnv* env, string name, out ulong[] results, params ReadOnlySpan<ulong> arguments) =>
        Try(env, IndexOf(env, name), out results, arguments);

    /// <summary>Calls a function by its index.</summary>
    public static WasmError Try(ExecEnv* env, uint function, out ulong[] results, params ReadOnlySpan<ulong> arguments)
    {
        FuncType* type = TypeOf(env, function);
        uint[] slots = new uint[Math.Max(type->ParamSlots, type->ResultSlots) + 1];
        int at = 0;
        for (int i = 0; i < type->ParamCount; i++)
        {
            slots[at++] = (uint)arguments[i];
            if (IsWide(FuncTypes.Params(type)[i])) slots[at++] = (uint)(arguments[i] >> 32);
        }
        fixed (uint* p = slots) return Answer(Calls.Function(env, function, p), type, slots, out results);
    }

    /// <summary>Goes on with a suspended call of the export <paramref name="name"/>.</summary>
    public static WasmError Resume(ExecEnv* env, string name, out ulong[] results)
    {
        FuncType* type = TypeOf(env, IndexOf(env, name));
        uint[] slots = new uint[type->ResultSlots + 1];
        fixed (uint* p = slots) return Answer(Calls.Resume(env, p), type, slots, out results);
    }

    /// <summary>Calls an export that must not fail; its results.</summary>
    public static ulong[] Many(ExecEnv* env, string name, params ReadOnlySpan<ulong> arguments)
    {
        Assert.Equal(WasmError.None, Try(env, name, out ulong[] results, arguments));
        return results;
    }

    /// <summary>Calls an export of one result that must not fail.</summary>
    public static ulong Call(ExecEnv* env, string name, params ReadOnlySpan<ulong> arguments) => Assert.Single(Many(env, name, arguments));

    public static uint IndexOf(ExecEnv* env, string name)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(name);
        ExternKind kind;
        uint index;
        fixed (byte* p = utf8) Assert.True(Exports.Find(env->Instance->Module, p, (uint)utf8.Length, &kind, &index));
        Assert.Equal(ExternKind.Func, kind);
        return index;
    }

    private static FuncType* TypeOf(ExecEnv* env, uint function) =>
        &env->Instance->Module->Types[env->Instance->Module->Functions[function].TypeIndex];

    private static bool IsWide(byte type) => ValTypes.Slots((ValType)type) == 2;

    private static WasmError Answer(WasmError error, FuncType* type, uint[] slots, out ulong[] results)
    {
        results = [];
        if (error != WasmError.None) return error;
        results = new ulong[type->ResultCount];
        int at = 0;
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = slots[at++];
            if (IsWide(FuncTypes.Results(type)[i])) results[i] |= (ulong)slots[at++] << 32;
        }
        return error;
    }
}
