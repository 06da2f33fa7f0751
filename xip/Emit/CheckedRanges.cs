// SPDX-License-Identifier: MIT
// Which addresses are known to lie in memory, and up to which byte: what was checked once on every path need not be checked again.
using System.Collections.Generic;

namespace Wamr.Nano.Xip.Emit;

/// <summary>
/// For each value that was used as an address, the bytes from it on that are inside. A memory never shrinks, so that what is known stays true
/// wherever control can only come from the check.
/// </summary>
internal sealed class CheckedRanges
{
    private readonly Dictionary<int, ulong> _known = [];
    private readonly List<(int Id, ulong Before)> _log = [];

    /// <summary>A point to go back to: what is learnt from now on holds on one path only.</summary>
    internal int Mark => _log.Count;

    internal bool Covers(int id, ulong end) => _known.TryGetValue(id, out ulong known) && known >= end;

    internal void Add(int id, ulong end)
    {
        ulong before = _known.GetValueOrDefault(id);
        if (before >= end) return;
        _log.Add((id, before));
        _known[id] = end;
    }

    internal void ReturnTo(int mark)
    {
        while (_log.Count > mark)
        {
            (int id, ulong before) = _log[^1];
            _log.RemoveAt(_log.Count - 1);
            if (before == 0) _known.Remove(id);
            else _known[id] = before;
        }
    }
}
