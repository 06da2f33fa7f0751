// SPDX-License-Identifier: MIT
// Checks the native stack where the runtime is entered. Below the boundary, the platform keeps as much stack as the deepest path needs.
using Wamr.Nano.Core.Platform;

namespace Wamr.Nano.Core.Run;

internal static unsafe class NativeStack
{
    /// <summary>
    /// Whether the stack has passed the boundary. If so, the failure is described, and the caller must not begin anything.
    /// </summary>
    internal static bool IsLow(Runtime* rt)
    {
        byte here;
        PlatformHooks* platform = &rt->Platform;
        if (platform->StackBoundary == null || (nuint)(&here) >= platform->StackBoundary(platform->Context)) return false;
        Runtimes.Fail(rt, WasmError.NativeStackOverflow);
        return true;
    }
}
