// SPDX-License-Identifier: MIT
// WASI streams: fd_read, fd_write.
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.Run;

namespace Wamr.Nano.Core.Host.Wasi;

internal static unsafe class WasiStreams
{
    /// <summary>(descriptor, buffers, number of buffers, address of bytes written).</summary>
    internal static Errno Write(ExecEnv* env, uint* a)
    {
        byte* buffer;
        if (!WasiDescriptors.IsWritable(env, a[0])) return Errno.BadFileDescriptor;
        uint count = WasiMemory.AtOnce(a[2]);
        Errno error = WasiMemory.Vectors(env, a[1], count);
        if (error != Errno.Success) return error;
        if (!WasiMemory.Range(env, a[3], 4, &buffer)) return Errno.Fault;
        uint stream = WasiDescriptors.Stream(env, a[0]), total = 0;
        for (uint n = 0, length, done; n < count; n++)
        {
            if (!WasiMemory.Vector(env, a[1], n, &buffer, &length)) return Errno.Fault;
            done = HostOutput.Write(env, stream, (uint)(buffer - env->Instance->Memory->Data), length);
            total += done;
            // If nothing were ever written, a program would try again for ever.
            if (done != length && total == 0) return Errno.InputOutput;
            if (done != length || (!Fuel.MayWork(env) && IsEnough(env, total))) break;
        }
        return Tell(env, a[3], total);
    }

    /// <summary>(descriptor, buffers, number of buffers, address of bytes read).</summary>
    internal static Errno Read(ExecEnv* env, uint* a)
    {
        byte* buffer;
        if (WasiDescriptors.Stream(env, a[0]) != WasiDescriptors.Input) return Errno.BadFileDescriptor;
        uint count = WasiMemory.AtOnce(a[2]);
        Errno error = WasiMemory.Vectors(env, a[1], count);
        if (error != Errno.Success) return error;
        if (!WasiMemory.Range(env, a[3], 4, &buffer)) return Errno.Fault;
        PlatformHooks* platform = &env->Instance->Runtime->Platform;
        uint total = 0;
        for (uint n = 0, length, done; n < count; n++)
        {
            if (!WasiMemory.Vector(env, a[1], n, &buffer, &length)) return Errno.Fault;
            done = platform->Read == null || length == 0 ? 0 : platform->Read(platform->Context, buffer, length);
            total += done;
            if (done < length || (!Fuel.Work(env, done) && IsEnough(env, total))) break;
        }
        return Tell(env, a[3], total);
    }

    /// <summary>
    /// Whether a call without fuel may end here. A call that has done nothing may not end, because a program would regard that as the end
    /// of a stream, or try again for ever.
    /// </summary>
    private static bool IsEnough(ExecEnv* env, uint total) => total != 0 || env->Terminate != ExecEnv.GoOn;

    /// <summary>Stores the number of bytes, at an address that was valid before the platform was called.</summary>
    private static Errno Tell(ExecEnv* env, uint address, uint bytes)
    {
        byte* at;
        if (!WasiMemory.Range(env, address, 4, &at)) return Errno.Fault;
        Raw.Store32(at, bytes);
        return Errno.Success;
    }
}
