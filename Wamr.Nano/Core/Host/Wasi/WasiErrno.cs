// SPDX-License-Identifier: MIT
// The error numbers of WASI preview 1 ("errno") that this implementation returns.
namespace Wamr.Nano.Core.Host.Wasi;

internal enum Errno : byte
{
    Success = 0,

    /// <summary>EBADF: no such open file descriptor.</summary>
    BadFileDescriptor = 8,

    /// <summary>EFAULT: an address outside the memory.</summary>
    Fault = 21,

    /// <summary>EINVAL.</summary>
    Invalid = 28,

    /// <summary>EIO.</summary>
    InputOutput = 29,

    /// <summary>ENOSYS: not implemented.</summary>
    NoSystem = 52,

    /// <summary>ENOTDIR: a path begins at a descriptor that is not a directory.</summary>
    NotDirectory = 54,

    /// <summary>ENOTSOCK.</summary>
    NotSocket = 57,

    /// <summary>ENOTSUP.</summary>
    NotSupported = 58,

    /// <summary>EOVERFLOW.</summary>
    Overflow = 61,

    /// <summary>ESPIPE: a stream has no position.</summary>
    NotSeekable = 70,
}
