// SPDX-License-Identifier: MIT
// Where .NET would throw. The core guards whatever could, so getting here is a fault of the runtime itself: the processor stops.
using System.Runtime;
using System.Runtime.CompilerServices;

namespace Internal.Runtime.CompilerHelpers;

internal static class ThrowHelpers
{
    [RuntimeImport("RhpFallbackFailFast"), MethodImpl(MethodImplOptions.InternalCall)] private static extern void Stop();

    private static void ThrowOverflowException() => Stop();
    private static void ThrowIndexOutOfRangeException() => Stop();
    private static void ThrowNullReferenceException() => Stop();
    private static void ThrowDivideByZeroException() => Stop();
}
