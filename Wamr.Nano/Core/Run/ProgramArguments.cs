// SPDX-License-Identifier: MIT
// What the embedder passes to a WASI program: arguments, environment variables, and the kinds of its streams.
namespace Wamr.Nano.Core.Run;

/// <summary>
/// Strings are UTF-8 and zero-terminated. All of this belongs to the embedder, may lie in flash, and is not read after the instance is
/// freed.
/// </summary>
internal unsafe struct ProgramArguments
{
    /// <summary>The program's name first.</summary>
    internal byte** Args;

    /// <summary>Each of the form <c>NAME=value</c>.</summary>
    internal byte** Environ;
    internal uint ArgCount;
    internal uint EnvironCount;

    /// <summary>The kind of each stream: for stream n, a <see cref="StreamKind"/> in bits 2n and 2n + 1. 0: all are terminals.</summary>
    internal uint StreamKinds;
}

/// <summary>The kind of a stream, as programs see it.</summary>
internal enum StreamKind : byte
{
    Terminal,

    /// <summary>A device that is not a terminal, such as /dev/null.</summary>
    Device,
    File,
    Pipe,
}
