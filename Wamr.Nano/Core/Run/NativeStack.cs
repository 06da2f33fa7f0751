// SPDX-License-Identifier: MIT
// The native stack's boundary where the runtime is entered: below it a platform keeps what the deepest path inside needs.
using Wamr.Nano.Core.Platform;

namespace Wamr.Nano.Core.Run;

internal static unsafe class NativeStack
{
    /// <summary>Whether the stack has passed the boundary; then the failure is described, and nothing must be begun.</summary>
    internal static bool IsLow(Runtime* rt)
    {
        byte here;
        PlatformHooks* platform = &rt->Platform;
        if (platform->StackBoundary == null || (nuint)(&here) >= platform->StackBoundary(platform->Context)) return false;
        Runtimes.Fail(rt, WasmError.NativeStackOverflow);
        return true;
    }
}
