// SPDX-License-Identifier: MIT
// Which addresses are known to lie in memory: what was checked once on every path need not be checked again.
using System;
using System.Collections.Generic;

namespace Wamr.Nano.Xip.Emit;

/// <summary>
/// For each value that addresses are made of, a range of distances from it: all bytes there are inside. A memory never shrinks, so that
/// what is known stays true wherever control can only come from the check. Where two addresses of one origin lie inside, so does everything
/// between them: distances are kept below <see cref="Farthest"/> and memories of such origins below twice that, so that nothing wraps
/// around.
/// </summary>
internal sealed class CheckedRanges
{
    /// <summary>Largest distance of an address from its origin, and half the largest memory in which addresses have an origin.</summary>
    internal const long Farthest = 1 << 30;

    private readonly Dictionary<int, (long Low, long High)> _known = [];
    private readonly List<(int Id, (long Low, long High)? Before)> _log = [];

    /// <summary>A point to go back to: what is learnt from now on holds on one path only.</summary>
    internal int Mark => _log.Count;

    internal bool Covers(int origin, long low, long high) =>
        _known.TryGetValue(origin, out (long Low, long High) known) && known.Low <= low && high <= known.High;

    internal void Add(int origin, long low, long high)
    {
        (long Low, long High)? before = _known.TryGetValue(origin, out (long Low, long High) known) ? known : null;
        _log.Add((origin, before));
        _known[origin] = before == null ? (low, high) : (Math.Min(low, known.Low), Math.Max(high, known.High));
    }

    internal void ReturnTo(int mark)
    {
        while (_log.Count > mark)
        {
            (int id, (long Low, long High)? before) = _log[^1];
            _log.RemoveAt(_log.Count - 1);
            if (before == null) _known.Remove(id);
            else _known[id] = before.Value;
        }
    }
}
