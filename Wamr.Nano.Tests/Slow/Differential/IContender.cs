// SPDX-License-Identifier: MIT
// An engine, or an oracle, behind one seam: cases in, traces out.
using System;
using System.Collections.Generic;

namespace Wamr.Nano.Tests.Slow.Differential;

/// <summary>Batches, since some compile or start an emulator once for many cases.</summary>
internal interface IContender : IDisposable
{
    string Name { get; }

    /// <summary>Runs cases, each in a world of its own.</summary>
    /// <returns>A trace a case, in order.</returns>
    IReadOnlyList<Trace> Run(IReadOnlyList<Case> cases);
}
