// SPDX-License-Identifier: MIT
// The C library's functions for pages of memory.
using System.Runtime.InteropServices;

namespace Wamr.Nano.Tests.TestKit;

internal static partial class Pages
{
    internal const int None = 0, ReadOnly = 1, ReadWrite = 3;

    internal const int PrivateAnonymous = 0x22, Unreserved = 0x4000;

    [LibraryImport("libc", EntryPoint = "mmap")]
    internal static partial nint Map(nint address, nuint size, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    internal static partial int Protect(nint address, nuint size, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    internal static partial int Unmap(nint address, nuint size);
}
