// SPDX-License-Identifier: MIT
// Read-only bytes that end where an inaccessible page begins: a read behind them, or a write to them, ends the test process.
using System;
using System.Runtime.InteropServices;

namespace Wamr.Nano.Tests.TestKit;

/// <summary>A module as it would lie in flash. On systems without mmap plain memory, which guards nothing.</summary>
internal sealed unsafe partial class GuardedBytes : IDisposable
{
    private const int ReadOnly = 1, ReadWrite = 3, None = 0, PrivateAnonymous = 0x22;
    private readonly nint _block;
    private readonly nuint _size;

    public GuardedBytes(int capacity)
    {
        nuint page = (nuint)Environment.SystemPageSize;
        Capacity = capacity;
        _size = ((nuint)capacity + page - 1) / page * page + page;
        _block = OperatingSystem.IsLinux() ? Map(0, _size, ReadWrite, PrivateAnonymous, -1, 0) : (nint)NativeMemory.Alloc(_size);
        if (_block is 0 or -1) throw new OutOfMemoryException();
        if (OperatingSystem.IsLinux()) Protect(_block + (nint)(_size - page), page, None);
        End = (byte*)_block + (_size - page);
    }

    public int Capacity { get; }

    /// <summary>First byte that may not be read.</summary>
    public byte* End { get; }

    /// <summary>Puts <paramref name="bytes"/> right before the guard, where they can only be read.</summary>
    public byte* Place(ReadOnlySpan<byte> bytes)
    {
        nuint writable = _size - (nuint)Environment.SystemPageSize;
        if (OperatingSystem.IsLinux()) Protect(_block, writable, ReadWrite);
        byte* start = End - bytes.Length;
        bytes.CopyTo(new Span<byte>(start, bytes.Length));
        if (OperatingSystem.IsLinux()) Protect(_block, writable, ReadOnly);
        return start;
    }

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
