// SPDX-License-Identifier: MIT
// Memory with nothing accessible 4 GB up and down: any address that 32 bits away from it can make ends the test process.
using System;
using System.Runtime.InteropServices;

namespace Wamr.Nano.Tests.TestKit;

/// <summary>Readable and writable bytes between two fences. On systems without mmap plain memory, which fences nothing.</summary>
internal sealed unsafe partial class FencedMemory : IDisposable
{
    private const int ReadWrite = 3, None = 0, PrivateAnonymousUnreserved = 0x4022;
    private static readonly nuint Fence = unchecked((nuint)(5ul << 30));
    private readonly nint _block;
    private readonly nuint _size;

    public FencedMemory(nuint size)
    {
        nuint page = (nuint)Environment.SystemPageSize;
        nuint middle = (size + page - 1) / page * page;
        _size = middle + 2 * Fence;
        _block = OperatingSystem.IsLinux() ? Map(0, _size, None, PrivateAnonymousUnreserved, -1, 0) : (nint)NativeMemory.Alloc(size);
        if (_block is 0 or -1) throw new OutOfMemoryException();
        Start = (byte*)_block;
        if (!OperatingSystem.IsLinux()) return;
        Start += Fence;
        if (Protect((nint)Start, middle, ReadWrite) != 0) throw new OutOfMemoryException();
    }

    /// <summary>First byte, at the start of a page.</summary>
    public byte* Start { get; }

    public void Dispose()
    {
        if (OperatingSystem.IsLinux()) Unmap(_block, _size);
        else NativeMemory.Free((void*)_block);
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nuint size, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint address, nuint size, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nuint size);
}
