// SPDX-License-Identifier: MIT
// The locals a function declares, as the binary has them: runs of one type. A run of 50,000 takes three bytes there, and must take no
// longer here.
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load;

/// <summary>Locals of one type that follow each other.</summary>
internal struct LocalRun
{
    /// <summary>Index of its first local.</summary>
    internal uint First;

    /// <summary>Slot of that in the frame; not known while a function is validated.</summary>
    internal uint Slot;
    internal ValType Type;
}

internal static unsafe class LocalRuns
{
    /// <summary>The run of a local that is in one of them: they are in order, and none is empty.</summary>
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
