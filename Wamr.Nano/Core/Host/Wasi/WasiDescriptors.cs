// SPDX-License-Identifier: MIT
// WASI file descriptors 0, 1 and 2: the stream of each, its kind, and the functions that it does not support.
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.Run;

namespace Wamr.Nano.Core.Host.Wasi;

internal static unsafe class WasiDescriptors
{
    internal const uint Input = 0, Output = 1, Error = 2;

    /// <summary>Used instead of a stream if the descriptor is closed or never existed.</summary>
    internal const uint Closed = 3;

    private const uint AppendFlag = 1, AllFlags = 0x1F;
    private const uint FdstatSize = 24, FilestatSize = 64;

    /// <summary> Bits of a stream's rights ("rights"). wasi-libc regards a character device without seek and tell as a terminal. </summary>
    private const uint
        ReadRight = 1 << 1, SeekRight = 1 << 2, SetFlagsRight = 1 << 3, TellRight = 1 << 5, WriteRight = 1 << 6,
        FilestatRight = 1 << 21, PollRight = 1 << 27;

    /// <summary>The stream a descriptor leads to, or <see cref="Closed"/>.</summary>
    internal static uint Stream(ExecEnv* env, uint fd) => fd > Error ? Closed : (uint)env->Instance->Streams >> (int)(fd * 2) & 3;

    internal static bool IsWritable(ExecEnv* env, uint fd) => Stream(env, fd) is Output or Error;

    /// <summary>(descriptor).</summary>
    internal static Errno Close(ExecEnv* env, uint* a)
    {
        if (Stream(env, a[0]) == Closed) return Errno.BadFileDescriptor;
        env->Instance->Streams |= (byte)(Closed << (int)(a[0] * 2));
        return Errno.Success;
    }

    /// <summary>(descriptor, descriptor): moves the stream of the first to the second, and closes the first. Both must be open.</summary>
    internal static Errno Renumber(ExecEnv* env, uint* a)
    {
        uint from = Stream(env, a[0]);
        if (from == Closed || Stream(env, a[1]) == Closed) return Errno.BadFileDescriptor;
        uint streams = env->Instance->Streams | Closed << (int)(a[0] * 2);
        streams &= ~(Closed << (int)(a[1] * 2));
        env->Instance->Streams = (byte)(streams | from << (int)(a[1] * 2));
        return Errno.Success;
    }

    /// <summary> (descriptor, address of the fdstat): file type at 0, flags at 2, rights at 8, inherited rights at 16. </summary>
    internal static Errno FdstatGet(ExecEnv* env, uint* a)
    {
        byte* stat;
        uint stream = Stream(env, a[0]);
        Errno error = Stat(env, a, FdstatSize, 0, &stat);
        if (error != Errno.Success) return error;
        uint rights = SetFlagsRight | FilestatRight | PollRight | (stream == Input ? ReadRight : WriteRight);
        if (Kind(env, stream) == StreamKind.Device) rights |= SeekRight | TellRight;
        Raw.Store32(stat + 8, rights);
        return Errno.Success;
    }

    /// <summary>(descriptor, address of the filestat): only the file type is known, at 16.</summary>
    /// <param name="env">The environment.</param>
    /// <param name="a">The arguments.</param>
    /// <param name="skew">In preview 0, by how many bytes the structure is smaller, because it counts links in 32 bits.</param>
    internal static Errno FilestatGet(ExecEnv* env, uint* a, uint skew)
    {
        byte* stat;
        return Stat(env, a, FilestatSize - skew, 16, &stat);
    }

    /// <summary>Clears the structure at the second argument, and sets its file type.</summary>
    private static Errno Stat(ExecEnv* env, uint* a, uint size, uint typeAt, byte** stat)
    {
        // For each kind: character device, character device, regular file, unknown.
        const uint types = 0x0422;
        uint stream = Stream(env, a[0]);
        if (stream == Closed) return Errno.BadFileDescriptor;
        if (!WasiMemory.Range(env, a[1], size, stat)) return Errno.Fault;
        Raw.Fill(*stat, 0, size);
        (*stat)[typeAt] = (byte)(types >> (int)Kind(env, stream) * 4 & 15);
        return Errno.Success;
    }

    private static StreamKind Kind(ExecEnv* env, uint stream)
    {
        ProgramArguments* given = env->Instance->Wasi;
        return given == null ? StreamKind.Terminal : (StreamKind)(given->StreamKinds >> (int)(stream * 2) & 3);
    }

    /// <summary>(descriptor, flags). A stream always appends; it supports no other flag.</summary>
    internal static Errno SetFlags(ExecEnv* env, uint* a)
    {
        if (Stream(env, a[0]) == Closed) return Errno.BadFileDescriptor;
        if (a[1] > AllFlags) return Errno.Invalid;
        return (a[1] & ~AppendFlag) == 0 ? Errno.Success : Errno.NotSupported;
    }

    /// <summary>
    /// The result of functions that are not supported: EBADF if the descriptor is closed; otherwise the reason why a stream is wrong for
    /// them. Functions with two descriptors check the first.
    /// </summary>
    internal static Errno Refuse(ExecEnv* env, WasiFunction function, uint* a)
    {
        if (function == WasiFunction.ProcRaise) return Errno.NoSystem;
        if (Stream(env, a[function == WasiFunction.PathSymlink ? 2 : 0]) == Closed) return Errno.BadFileDescriptor;
        return function switch
        {
            WasiFunction.FdAdvise or WasiFunction.FdAllocate or WasiFunction.FdPread or WasiFunction.FdPwrite or WasiFunction.FdSeek
                or WasiFunction.FdTell => Errno.NotSeekable,
            WasiFunction.FdDatasync or WasiFunction.FdSync or WasiFunction.FdFilestatSetSize => Errno.Invalid,
            WasiFunction.FdFdstatSetRights or WasiFunction.FdFilestatSetTimes => Errno.NotSupported,
            WasiFunction.FdPrestatGet or WasiFunction.FdReaddir => Errno.BadFileDescriptor,
            WasiFunction.SockAccept or WasiFunction.SockRecv or WasiFunction.SockSend or WasiFunction.SockShutdown => Errno.NotSocket,
            _ => Errno.NotDirectory,
        };
    }
}
