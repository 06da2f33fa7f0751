// SPDX-License-Identifier: MIT
// The locals that a function declares, as runs of one type, as in the binary. A run of 50,000 locals takes only a few bytes there, and must
// not take more time here.
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load;

/// <summary>Consecutive locals of one type.</summary>
internal struct LocalRun
{
    /// <summary>Index of its first local.</summary>
    internal uint First;

    /// <summary>The slot of that local in the frame; unknown while a function is validated.</summary>
    internal uint Slot;
    internal ValType Type;
}

internal static unsafe class LocalRuns
{
    /// <summary>The run that contains a local. There must be one; runs are in order, and none is empty.</summary>
    internal static LocalRun* Find(LocalRun* runs, uint count, uint local)
    {
        uint low = 0;
        while (count > 1)
        {
            uint half = count / 2;
            if (runs[low + half].First <= local) low += half;
            else
            {
                count = half;
                continue;
            }
            count -= half;
        }
        return &runs[low];
    }
}
