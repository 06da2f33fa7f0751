// SPDX-License-Identifier: MIT
// WASI arguments and environment variables: args_get, args_sizes_get, environ_get, environ_sizes_get.
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.Run;

namespace Wamr.Nano.Core.Host.Wasi;

internal static unsafe class WasiStrings
{
    internal static Errno ArgsGet(ExecEnv* env, uint* a)
    {
        ProgramArguments* w = env->Instance->Wasi;
        return w == null ? Get(env, a, null, 0) : Get(env, a, w->Args, w->ArgCount);
    }

    internal static Errno ArgsSizesGet(ExecEnv* env, uint* a)
    {
        ProgramArguments* w = env->Instance->Wasi;
        return w == null ? SizesGet(env, a, null, 0) : SizesGet(env, a, w->Args, w->ArgCount);
    }

    internal static Errno EnvironGet(ExecEnv* env, uint* a)
    {
        ProgramArguments* w = env->Instance->Wasi;
        return w == null ? Get(env, a, null, 0) : Get(env, a, w->Environ, w->EnvironCount);
    }

    internal static Errno EnvironSizesGet(ExecEnv* env, uint* a)
    {
        ProgramArguments* w = env->Instance->Wasi;
        return w == null ? SizesGet(env, a, null, 0) : SizesGet(env, a, w->Environ, w->EnvironCount);
    }

    /// <summary>(pointers, buffer): stores the strings one after the other, and the address of each.</summary>
    private static Errno Get(ExecEnv* env, uint* a, byte** strings, uint count)
    {
        uint at = a[1];
        byte* pointers, buffer;
        if (!WasiMemory.Items(env, a[0], count, 4, &pointers)) return Errno.Fault;
        ulong bytes = Bytes(strings, count);
        if (bytes > uint.MaxValue || !WasiMemory.Range(env, at, (uint)bytes, &buffer)) return Errno.Fault;
        for (uint n = 0; n < count; n++)
        {
            uint size = Size(strings[n]);
            Raw.Store32(pointers + n * 4, at);
            Raw.Copy(buffer, strings[n], size);
            buffer += size;
            at += size;
        }
        return Errno.Success;
    }

    /// <summary>(address of the count, address of the total size in bytes).</summary>
    private static Errno SizesGet(ExecEnv* env, uint* a, byte** strings, uint count)
    {
        byte* countAt, bytesAt;
        if (!WasiMemory.Range(env, a[0], 4, &countAt) || !WasiMemory.Range(env, a[1], 4, &bytesAt)) return Errno.Fault;
        ulong bytes = Bytes(strings, count);
        if (bytes > uint.MaxValue) return Errno.Overflow;
        Raw.Store32(countAt, count);
        Raw.Store32(bytesAt, (uint)bytes);
        return Errno.Success;
    }

    private static ulong Bytes(byte** strings, uint count)
    {
        ulong bytes = 0;
        for (uint n = 0; n < count; n++) bytes += Size(strings[n]);
        return bytes;
    }

    /// <summary>The size of a string, including its zero byte.</summary>
    private static uint Size(byte* text)
    {
        uint size = 1;
        while (*text++ != 0) size++;
        return size;
    }
}
