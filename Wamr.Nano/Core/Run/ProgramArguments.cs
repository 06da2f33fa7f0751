// SPDX-License-Identifier: MIT
// What the embedder passes to a WASI program: arguments, environment variables, and the kinds of its streams.
namespace Wamr.Nano.Core.Run;

/// <summary>
/// What a WASI program gets. Strings are UTF-8 and zero-terminated. All of it belongs to the embedder, may lie in flash, and must outlive the
/// instance.
/// </summary>
internal unsafe struct ProgramArguments
{
    /// <summary>The program's name first.</summary>
    internal byte** Args;

    /// <summary>Each of the form <c>NAME=value</c>.</summary>
    internal byte** Environ;
    internal uint ArgCount;
    internal uint EnvironCount;

    /// <summary>What streams 0 to 2 lead to: the bits 2n and 2n + 1 are the <see cref="StreamKind"/> of stream n. 0: terminals.</summary>
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
