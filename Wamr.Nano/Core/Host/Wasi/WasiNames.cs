// SPDX-License-Identifier: MIT
// Functions of WASI preview 1: number, name and type, in one table of constant data.
using System;
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.Run;

namespace Wamr.Nano.Core.Host.Wasi;

/// <summary>The number of a function: its position in <see cref="WasiNames"/>.</summary>
internal enum WasiFunction : byte
{
    ArgsGet,
    ArgsSizesGet,
    EnvironGet,
    EnvironSizesGet,
    ClockResGet,
    ClockTimeGet,
    FdAdvise,
    FdAllocate,
    FdClose,
    FdDatasync,
    FdFdstatGet,
    FdFdstatSetFlags,
    FdFdstatSetRights,
    FdFilestatGet,
    FdFilestatSetSize,
    FdFilestatSetTimes,
    FdPread,
    FdPrestatGet,
    FdPrestatDirName,
    FdPwrite,
    FdRead,
    FdReaddir,
    FdRenumber,
    FdSeek,
    FdSync,
    FdTell,
    FdWrite,
    PathCreateDirectory,
    PathFilestatGet,
    PathFilestatSetTimes,
    PathLink,
    PathOpen,
    PathReadlink,
    PathRemoveDirectory,
    PathRename,
    PathSymlink,
    PathUnlinkFile,
    PollOneoff,
    ProcExit,
    ProcRaise,
    SchedYield,
    RandomGet,
    SockAccept,
    SockRecv,
    SockSend,
    SockShutdown,
    Count,
}

internal static unsafe class WasiNames
{
    /// <summary>The module the functions are imported from.</summary>
    private static ReadOnlySpan<byte> ModuleName => "wasi_snapshot_preview1\0"u8;

    /// <summary>One entry per function: name and signature string, each zero-terminated.</summary>
    private static ReadOnlySpan<byte> Table =>
        "args_get(ii)i\0"u8 +
        "args_sizes_get(ii)i\0"u8 +
        "environ_get(ii)i\0"u8 +
        "environ_sizes_get(ii)i\0"u8 +
        "clock_res_get(ii)i\0"u8 +
        "clock_time_get(iIi)i\0"u8 +
        "fd_advise(iIIi)i\0"u8 +
        "fd_allocate(iII)i\0"u8 +
        "fd_close(i)i\0"u8 +
        "fd_datasync(i)i\0"u8 +
        "fd_fdstat_get(ii)i\0"u8 +
        "fd_fdstat_set_flags(ii)i\0"u8 +
        "fd_fdstat_set_rights(iII)i\0"u8 +
        "fd_filestat_get(ii)i\0"u8 +
        "fd_filestat_set_size(iI)i\0"u8 +
        "fd_filestat_set_times(iIIi)i\0"u8 +
        "fd_pread(iiiIi)i\0"u8 +
        "fd_prestat_get(ii)i\0"u8 +
        "fd_prestat_dir_name(iii)i\0"u8 +
        "fd_pwrite(iiiIi)i\0"u8 +
        "fd_read(iiii)i\0"u8 +
        "fd_readdir(iiiIi)i\0"u8 +
        "fd_renumber(ii)i\0"u8 +
        "fd_seek(iIii)i\0"u8 +
        "fd_sync(i)i\0"u8 +
        "fd_tell(ii)i\0"u8 +
        "fd_write(iiii)i\0"u8 +
        "path_create_directory(iii)i\0"u8 +
        "path_filestat_get(iiiii)i\0"u8 +
        "path_filestat_set_times(iiiiIIi)i\0"u8 +
        "path_link(iiiiiii)i\0"u8 +
        "path_open(iiiiiIIii)i\0"u8 +
        "path_readlink(iiiiii)i\0"u8 +
        "path_remove_directory(iii)i\0"u8 +
        "path_rename(iiiiii)i\0"u8 +
        "path_symlink(iiiii)i\0"u8 +
        "path_unlink_file(iii)i\0"u8 +
        "poll_oneoff(iiii)i\0"u8 +
        "proc_exit(i)\0"u8 +
        "proc_raise(i)i\0"u8 +
        "sched_yield()i\0"u8 +
        "random_get(ii)i\0"u8 +
        "sock_accept(iii)i\0"u8 +
        "sock_recv(iiiiii)i\0"u8 +
        "sock_send(iiiii)i\0"u8 +
        "sock_shutdown(ii)i\0"u8;

    /// <summary>Finds the number of the function that an import names, and checks its type.</summary>
    /// <returns><see cref="WasmError.UnknownImport"/>, <see cref="WasmError.IncompatibleImportType"/>.</returns>
    internal static WasmError Find(ImportRequest* request, uint* number)
    {
        fixed (byte* module = ModuleName)
        {
            bool isHere = HostFuncs.NameEquals(module, request->ModuleName, request->ModuleLength);
            return isHere ? FindFunction(request, number) : WasmError.UnknownImport;
        }
    }

    /// <summary>The same, for any module name.</summary>
    internal static WasmError FindFunction(ImportRequest* request, uint* number)
    {
        uint length = request->NameLength;
        fixed (byte* table = Table)
        {
            byte* entry = table;
            for (uint n = 0; n < (uint)WasiFunction.Count; n++)
            {
                byte* signature = entry;
                while (*signature != (byte)'(') signature++;
                if ((uint)(signature - entry) == length && Raw.Equal(entry, request->Name, length))
                {
                    *number = n;
                    return Signature.Match(signature, Linker.TypeOf(request->Module, request->Index));
                }
                for (entry = signature; *entry != 0; entry++) { }
                entry++;
            }
        }
        return WasmError.UnknownImport;
    }
}
