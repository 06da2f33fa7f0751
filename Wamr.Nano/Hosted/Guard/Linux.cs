// SPDX-License-Identifier: MIT
// The parts of Linux that guard pages need: address space, its protection, signal handlers. Numbers and layouts are those of x86-64.
using System.Runtime.InteropServices;

namespace Wamr.Nano;

/// <summary>struct sigaction of the C library, glibc's and musl's.</summary>
internal unsafe struct SignalAction
{
    internal nint Handler;
    internal fixed ulong Mask[16];
    internal int Flags;
    internal nint Restorer;
}

internal static unsafe partial class Linux
{
    internal const int NoAccess = 0, ReadWrite = 3, ReadExecute = 5;

    /// <summary>
    /// The segmentation fault, and flags of its handler: it receives three arguments, and runs on the thread's stack for signals.
    /// </summary>
    internal const int Fault = 11, WithInfo = 4, OnSignalStack = 0x08000000;

    /// <summary>MAP_PRIVATE, MAP_ANONYMOUS, MAP_NORESERVE.</summary>
    private const int Private = 0x02, Anonymous = 0x20, NoReserve = 0x4000;

    /// <summary>Reserves inaccessible zeroed pages at an address that the system chooses; null if there is no room.</summary>
    internal static byte* Reserve(ulong bytes)
    {
        nint start = Map(0, bytes, NoAccess, Private | Anonymous | NoReserve, -1, 0);
        return start == -1 ? null : (byte*)start;
    }

    /// <summary>Changes the access to pages, which keep their contents. Whether that worked.</summary>
    internal static bool Protect(byte* start, ulong bytes, int access) => ChangeProtection(start, bytes, access) == 0;

    [LibraryImport("libc", EntryPoint = "munmap")]
    internal static partial int Release(byte* start, ulong bytes);

    /// <summary>
    /// Reads the handler of a signal into <paramref name="old"/>, and sets another one; either may be null. Returns 0 on success.
    /// </summary>
    [LibraryImport("libc", EntryPoint = "sigaction")]
    internal static partial int Handle(int signal, SignalAction* action, SignalAction* old);

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, ulong bytes, int access, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int ChangeProtection(byte* start, ulong bytes, int access);
}
