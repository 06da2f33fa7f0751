// SPDX-License-Identifier: MIT
// Which addresses are known to lie in memory. An address that was checked on every path need not be checked again.
using System;
using System.Collections.Generic;

namespace Wamr.Nano.Xip.Emit;

/// <summary>
/// For each value from which addresses are computed (their origin), a range of distances in which all bytes are inside the memory. A memory
/// never shrinks, so this stays true wherever execution can only come from the check. If two addresses with one origin are inside,
/// everything between them is, too: distances are below <see cref="Farthest"/>, and memories are smaller than twice that, so nothing wraps
/// around.
/// </summary>
internal sealed class CheckedRanges
{
    /// <summary>Largest distance of an address from its origin, and half the largest memory in which addresses have an origin.</summary>
    internal const long Farthest = 1 << 30;

    private readonly Dictionary<int, (long Low, long High)> _known = [];
    private readonly List<(int Id, (long Low, long High)? Before)> _log = [];

    /// <summary>Marks a state to return to, because what is learnt from now on is valid on one path only.</summary>
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
