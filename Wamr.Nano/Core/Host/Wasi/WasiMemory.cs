// SPDX-License-Identifier: MIT
// The app's memory as WASI functions see it: checked ranges, and lists of buffers (iovec).
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.Run;

namespace Wamr.Nano.Core.Host.Wasi;

internal static unsafe class WasiMemory
{
    /// <summary>Bytes of an iovec: address, length.</summary>
    private const uint VectorSize = 8;

    /// <summary>How many buffers of a list one call handles, as many as POSIX requires. The next call handles the rest.</summary>
    private const uint MostVectors = 1024;

    /// <summary>Finds <paramref name="size"/> bytes at an app address; false if not all of them lie in the memory.</summary>
    internal static bool Range(ExecEnv* env, uint address, uint size, byte** pointer)
    {
        MemoryInst* m = env->Instance->Memory;
        if (m == null || size > m->Size || address > m->Size - size) return false;
        *pointer = m->Data + address;
        return true;
    }

    /// <summary>The same for <paramref name="count"/> items of <paramref name="size"/> bytes.</summary>
    internal static bool Items(ExecEnv* env, uint address, uint count, uint size, byte** pointer)
    {
        ulong bytes = (ulong)count * size;
        return bytes <= uint.MaxValue && Range(env, address, (uint)bytes, pointer);
    }

    /// <summary>
    /// Finds buffer <paramref name="index"/> of the list at an app address. It checks all bounds each time, because reading into a buffer
    /// may change the list, and the platform may move the memory.
    /// </summary>
    internal static bool Vector(ExecEnv* env, uint vectors, uint index, byte** buffer, uint* length)
    {
        byte* entry;
        if (!Items(env, vectors, index + 1, VectorSize, &entry)) return false;
        entry += index * VectorSize;
        *length = Raw.Load32(entry + 4);
        return Range(env, Raw.Load32(entry), *length, buffer);
    }

    /// <summary>
    /// How many buffers of a list one call handles. An app decides how long the list is, and checking it is work without a poll.
    /// </summary>
    internal static uint AtOnce(uint count) => count < MostVectors ? count : MostVectors;

    /// <summary>Checks a list of buffers and every buffer in it.</summary>
    /// <returns><see cref="Errno.Fault"/>; <see cref="Errno.Invalid"/> if the sum of the lengths exceeds 32 bits.</returns>
    internal static Errno Vectors(ExecEnv* env, uint vectors, uint count)
    {
        byte* buffer;
        if (!Items(env, vectors, count, VectorSize, &buffer)) return Errno.Fault;
        ulong total = 0;
        for (uint n = 0; n < count; n++)
        {
            uint length;
            if (!Vector(env, vectors, n, &buffer, &length)) return Errno.Fault;
            total += length;
        }
        return total > uint.MaxValue ? Errno.Invalid : Errno.Success;
    }
}
