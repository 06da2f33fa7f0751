// SPDX-License-Identifier: MIT
// Arguments of a call of a host function, read one after the other.
using System.Runtime.CompilerServices;

namespace Wamr.Nano;

internal unsafe ref struct HostArguments(NanoCaller caller, uint* slots)
{
    private readonly NanoCaller _caller = caller;
    private uint* _next = slots;

    /// <summary>The next one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal T Next<T>()
        where T : allows ref struct => Parameter<T>.Read(_caller, ref _next);
}
