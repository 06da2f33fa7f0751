// SPDX-License-Identifier: MIT
// What the embedder gives a program (WASI): arguments, environment variables, and what its streams lead to.
namespace Wamr.Nano.Core.Run;

/// <summary>
/// Strings are UTF-8 and zero-terminated. All of it is the embedder's, and is not looked at any more once it freed the instance; flash will
/// do.
/// </summary>
internal unsafe struct ProgramArguments
{
    /// <summary>The program's name first.</summary>
    internal byte** Args;

    /// <summary>Each of the form <c>NAME=value</c>.</summary>
    internal byte** Environ;
    internal uint ArgCount;
    internal uint EnvironCount;

    /// <summary>What each stream leads to: a <see cref="StreamKind"/> in the bits 2n and 2n + 1 of stream n. 0: terminals.</summary>
    internal uint StreamKinds;
}

/// <summary>What a stream leads to, as programs see it.</summary>
internal enum StreamKind : byte
{
    Terminal,

    /// <summary>A device nobody sits at, such as one that swallows everything.</summary>
    Device,
    File,
    Pipe,
}
