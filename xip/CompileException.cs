// SPDX-License-Identifier: MIT
// The one exception of the compiler.
using System;

namespace Wamr.Nano.Xip;

/// <summary>An image could not be made: a tool is missing or failed, or the code needs what an image cannot have.</summary>
public sealed class CompileException : Exception
{
    /// <inheritdoc/>
    public CompileException()
    {
    }

    /// <inheritdoc/>
    public CompileException(string message) : base(message)
    {
    }

    /// <inheritdoc/>
    public CompileException(string message, Exception inner) : base(message, inner)
    {
    }
}
