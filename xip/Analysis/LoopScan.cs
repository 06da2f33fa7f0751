// SPDX-License-Identifier: MIT
// What is known of a loop before its function is translated.
using System.Collections.Generic;

namespace Wamr.Nano.Xip.Analysis;

internal sealed class LoopScan
{
    /// <summary>
    /// The most instructions of a loop that is unrolled four times, and of one that is unrolled twice. This limits the size of the code.
    /// </summary>
    private const int Tiny = 16, Small = 64;

    /// <summary>Locals that are set inside.</summary>
    internal HashSet<uint> Changed { get; } = [];

    internal bool HasLoops { get; set; }

    internal bool HasCalls { get; set; }

    internal int Instructions { get; set; }

    /// <summary>
    /// How often the body is repeated, so that fuel is counted once for all copies. In a short loop, counting would otherwise be a third of
    /// the work.
    /// </summary>
    internal int Copies(CompileOptions options)
    {
        if (!options.Fuel || options.Optimization is Optimization.Size or Optimization.Fast || HasLoops || HasCalls) return 1;
        return Instructions <= Tiny ? 4 : Instructions <= Small ? 2 : 1;
    }
}
