// SPDX-License-Identifier: MIT
// The exception that the compiler throws.
using System;

namespace Wamr.Nano.Xip;

/// <summary>An image could not be made: a tool is missing or failed, or the code needs something that an image cannot have.</summary>
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
