// SPDX-License-Identifier: MIT
// WASI file descriptors 0, 1 and 2: fd_read, fd_write, fd_close, fd_seek, fd_fdstat_get, fd_fdstat_set_flags.
namespace Wamr.Nano.Core;

internal static unsafe class WasiStreams
{
    private const uint Input = 0, LastStream = 2;

    private const byte CharacterDevice = 2;
    private const uint AppendFlag = 1;
    private const uint FdstatSize = 24;

    /// <summary>
    /// Rights of a stream ("rights"): fd_read 1, fd_fdstat_set_flags 3, fd_write 6, poll_fd_readwrite 27. No seek: it is a terminal.
    /// </summary>
    private const uint ReadRights = 1 << 1 | 1 << 3 | 1 << 27, WriteRights = 1 << 3 | 1 << 6 | 1 << 27;

    /// <summary>Whether a descriptor is one of the three streams and open.</summary>
    internal static bool IsOpen(ExecEnv* env, uint fd) => fd <= LastStream && (env->Instance->ClosedStreams >> (int)fd & 1) == 0;

    internal static bool IsReadable(ExecEnv* env, uint fd) => fd == Input && IsOpen(env, fd);

    internal static bool IsWritable(ExecEnv* env, uint fd) => fd != Input && IsOpen(env, fd);

    /// <summary>(descriptor, buffers, number of buffers, address of bytes written).</summary>
    internal static Errno Write(ExecEnv* env, uint* a)
    {
        byte* buffer;
        if (!IsWritable(env, a[0])) return Errno.BadFileDescriptor;
        Errno error = WasiMemory.Vectors(env, a[1], a[2]);
        if (error != Errno.Success) return error;
        if (!WasiMemory.Range(env, a[3], 4, &buffer)) return Errno.Fault;
        Platform* platform = &env->Instance->Runtime->Platform;
        uint total = 0;
        for (uint n = 0, length, done; n < a[2]; n++)
        {
            if (!WasiMemory.Vector(env, a[1], n, &buffer, &length)) return Errno.Fault;
            done = platform->Write == null || length == 0 ? length : platform->Write(platform->Context, a[0], buffer, length);
            total += done;
            if (done == length) continue;
            // A program would try again for ever where nothing is ever taken.
            if (total == 0) return Errno.InputOutput;
            break;
        }
        return Tell(env, a[3], total);
    }

    /// <summary>(descriptor, buffers, number of buffers, address of bytes read).</summary>
    internal static Errno Read(ExecEnv* env, uint* a)
    {
        byte* buffer;
        if (!IsReadable(env, a[0])) return Errno.BadFileDescriptor;
        Errno error = WasiMemory.Vectors(env, a[1], a[2]);
        if (error != Errno.Success) return error;
        if (!WasiMemory.Range(env, a[3], 4, &buffer)) return Errno.Fault;
        Platform* platform = &env->Instance->Runtime->Platform;
        uint total = 0;
        for (uint n = 0, length, done; n < a[2]; n++)
        {
            if (!WasiMemory.Vector(env, a[1], n, &buffer, &length)) return Errno.Fault;
            done = platform->Read == null || length == 0 ? 0 : platform->Read(platform->Context, buffer, length);
            total += done;
            if (done < length) break;
        }
        return Tell(env, a[3], total);
    }

    /// <summary>Stores how many bytes went, at an address that was valid before the platform had its turn.</summary>
    private static Errno Tell(ExecEnv* env, uint address, uint bytes)
    {
        byte* at;
        if (!WasiMemory.Range(env, address, 4, &at)) return Errno.Fault;
        Raw.Store32(at, bytes);
        return Errno.Success;
    }

    /// <summary>(descriptor).</summary>
    internal static Errno Close(ExecEnv* env, uint* a)
    {
        if (!IsOpen(env, a[0])) return Errno.BadFileDescriptor;
        env->Instance->ClosedStreams |= (byte)(1 << (int)a[0]);
        return Errno.Success;
    }

    /// <summary>(descriptor, offset: 64 bits in two slots, whence, address of the new position).</summary>
    internal static Errno Seek(ExecEnv* env, uint* a) => IsOpen(env, a[0]) ? Errno.NotSeekable : Errno.BadFileDescriptor;

    /// <summary>
    /// (descriptor, address of the fdstat): file type at 0, flags at 2, rights at 8, rights of what is opened below it at 16.
    /// </summary>
    internal static Errno FdstatGet(ExecEnv* env, uint* a)
    {
        byte* stat;
        if (!IsOpen(env, a[0])) return Errno.BadFileDescriptor;
        if (!WasiMemory.Range(env, a[1], FdstatSize, &stat)) return Errno.Fault;
        Raw.Fill(stat, 0, FdstatSize);
        stat[0] = CharacterDevice;
        Raw.Store32(stat + 8, a[0] == Input ? ReadRights : WriteRights);
        return Errno.Success;
    }

    /// <summary>(descriptor, flags). Appending is what a stream does anyway; others it cannot do.</summary>
    internal static Errno FdstatSetFlags(ExecEnv* env, uint* a)
    {
        if (!IsOpen(env, a[0])) return Errno.BadFileDescriptor;
        return (a[1] & ~AppendFlag) == 0 ? Errno.Success : Errno.NotSupported;
    }
}
