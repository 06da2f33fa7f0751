// SPDX-License-Identifier: MIT
// Checks where a scope ends. They are left out where an exception ends it: their own would hide it, and what they find follows from it.
using System.Runtime.InteropServices;
using Xunit;

namespace Wamr.Nano.Tests.TestKit;

/// <summary>For Dispose of what tests use.</summary>
internal static class ScopeEnd
{
    /// <summary>Whether an exception is on its way through this thread. One that was caught is not.</summary>
    public static bool IsFailure => Marshal.GetExceptionPointers() != 0;

    /// <summary>Fails the test on an error, unless it has failed already.</summary>
    public static void Check(WasmError error)
    {
        if (!IsFailure) Assert.Equal(WasmError.None, error);
    }
}
