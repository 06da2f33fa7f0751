// SPDX-License-Identifier: MIT
// Arguments and environment variables of a WASI program, as the embedder gives them.
namespace Wamr.Nano.Core;

/// <summary>Zero-terminated UTF-8 strings. All of it is the embedder's, and is not looked at any more once it freed the instance; flash will do.</summary>
internal unsafe struct WasiArguments
{
    /// <summary>The program's name first.</summary>
    internal byte** Args;

    /// <summary>Each of the form <c>NAME=value</c>.</summary>
    internal byte** Environ;
    internal uint ArgCount;
    internal uint EnvironCount;
}
