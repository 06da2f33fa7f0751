// SPDX-License-Identifier: MIT
// Memory with nothing accessible 4 GB up and down: any address that 32 bits away from it can make ends the test process.
using System;
using System.Runtime.InteropServices;

namespace Wamr.Nano.Tests.TestKit;

/// <summary>Readable and writable bytes between two fences. On systems without mmap plain memory, which fences nothing.</summary>
internal sealed unsafe class FencedMemory : IDisposable
{
    private static readonly nuint Fence = unchecked((nuint)(5ul << 30));
    private readonly nint _block;
    private readonly nuint _size;

    public FencedMemory(nuint size)
    {
        nuint page = (nuint)Environment.SystemPageSize;
        nuint middle = (size + page - 1) / page * page;
        _size = middle + 2 * Fence;
        _block = OperatingSystem.IsLinux() ? Pages.Map(0, _size, Pages.None, Pages.PrivateAnonymous | Pages.Unreserved, -1, 0)
            : (nint)NativeMemory.Alloc(size);
        if (_block is 0 or -1) throw new OutOfMemoryException();
        Start = (byte*)_block;
        if (!OperatingSystem.IsLinux()) return;
        Start += Fence;
        if (Pages.Protect((nint)Start, middle, Pages.ReadWrite) != 0) throw new OutOfMemoryException();
    }

    /// <summary>First byte, at the start of a page.</summary>
    public byte* Start { get; }

    public void Dispose()
    {
        if (OperatingSystem.IsLinux()) Pages.Unmap(_block, _size);
        else NativeMemory.Free((void*)_block);
    }
}
