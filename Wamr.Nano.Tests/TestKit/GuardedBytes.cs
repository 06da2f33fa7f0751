// SPDX-License-Identifier: MIT
// Read-only bytes that end where an inaccessible page begins: a read behind them, or a write to them, ends the test process.
using System;
using System.Runtime.InteropServices;

namespace Wamr.Nano.Tests.TestKit;

/// <summary>A module as it would lie in flash. On systems without mmap plain memory, which guards nothing.</summary>
internal sealed unsafe class GuardedBytes : IDisposable
{
    private readonly nint _block;
    private readonly nuint _size;

    public GuardedBytes(int capacity)
    {
        nuint page = (nuint)Environment.SystemPageSize;
        Capacity = capacity;
        _size = ((nuint)capacity + page - 1) / page * page + page;
        _block = OperatingSystem.IsLinux() ? Pages.Map(0, _size, Pages.ReadWrite, Pages.PrivateAnonymous, -1, 0)
            : (nint)NativeMemory.Alloc(_size);
        if (_block is 0 or -1) throw new OutOfMemoryException();
        if (OperatingSystem.IsLinux()) Pages.Protect(_block + (nint)(_size - page), page, Pages.None);
        End = (byte*)_block + (_size - page);
    }

    public int Capacity { get; }

    /// <summary>First byte that may not be read.</summary>
    public byte* End { get; }

    /// <summary>Puts <paramref name="bytes"/> right before the guard, where they can only be read.</summary>
    public byte* Place(ReadOnlySpan<byte> bytes)
    {
        nuint writable = _size - (nuint)Environment.SystemPageSize;
        if (OperatingSystem.IsLinux()) Pages.Protect(_block, writable, Pages.ReadWrite);
        byte* start = End - bytes.Length;
        bytes.CopyTo(new Span<byte>(start, bytes.Length));
        if (OperatingSystem.IsLinux()) Pages.Protect(_block, writable, Pages.ReadOnly);
        return start;
    }

    public void Dispose()
    {
        if (OperatingSystem.IsLinux()) Pages.Unmap(_block, _size);
        else NativeMemory.Free((void*)_block);
    }
}
