// SPDX-License-Identifier: MIT
// The table of an image's calls as it lies in the image: see xip/FORMAT.md. Read by Core/Engine/Native/NativeFrames.cs.
using System;
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Xip.Emit;

namespace Wamr.Nano.Xip.CallStacks;

/// <summary>Entries sorted by return address, densely packed, in blocks that can be found without reading all entries before.</summary>
internal sealed class CallTable
{
    /// <summary>The number of entries per block. With more, finding an entry is slower; with fewer, the table is longer.</summary>
    private const int BlockEntries = 32;

    internal static CallTable None { get; } = new();

    /// <summary>The first return address of each block, and where in the entries it starts.</summary>
    internal List<(uint First, uint At)> Blocks { get; } = [];

    internal List<byte> Entries { get; } = [];

    /// <summary>Bytes of the table in an image.</summary>
    internal int Size => 8 * Blocks.Count + ((Entries.Count + 3) & ~3);

    internal static CallTable Of(CallChains chains, CallSites sites, ImageTarget target)
    {
        CallTable table = new();
        Writer writer = new(table, target);
        foreach (CallSite site in sites.All.OrderBy(site => site.Return).ThenBy(site => site.Callee == CallSites.Piece))
            writer.Add(site, chains.Of(site));
        return table;
    }

    /// <summary>The previous entry in the same block, from which the differences of an entry count.</summary>
    private sealed class Writer(CallTable table, ImageTarget target)
    {
        private int _number;
        private bool _pieces;
        private uint _return, _words, _outermost, _offset;

        internal void Add(CallSite site, IReadOnlyList<Place> chain)
        {
            bool piece = site.Callee == CallSites.Piece;
            // Code before an entry is searched in the entry's block. So if there are such entries, each function begins a block.
            _pieces |= piece;
            if (_number++ == 0 || (_number > BlockEntries && (!_pieces || (piece && site.Line == CallSites.FirstLine))))
            {
                _number = 1;
                table.Blocks.Add((site.Return, (uint)table.Entries.Count));
                (_return, _words, _outermost, _offset) = (site.Return, 0, 0, 0);
            }
            uint words = site.Bytes / target.PointerBytes, outermost = chain.Count == 0 ? 0 : chain[^1].Function + 1;
            bool newFrame = words != _words || outermost != _outermost;
            uint shape = (newFrame ? CallEntry.NewFrame : 0) | (chain.Count > 1 || piece ? CallEntry.IsInside : 0);
            if (chain.Count != 0 && IsKnown(chain[^1])) shape |= CallEntry.HasOffset;
            Unsigned((site.Return - _return) >> CallEntry.UnitShift(target.Machine) << CallEntry.ShapeBits | shape);
            if (newFrame)
            {
                Unsigned(words);
                Unsigned(outermost);
            }
            if (chain.Count > 1 || piece) Unsigned((uint)Math.Max(chain.Count - 1, 0));
            for (int n = 0; n < chain.Count; n++)
            {
                if (n + 1 < chain.Count) Unsigned(chain[n].Function << 1 | (IsKnown(chain[n]) ? 1u : 0));
                if (!IsKnown(chain[n])) continue;
                int distance = (int)(chain[n].Offset - _offset);
                Unsigned((uint)(distance << 1 ^ distance >> 31));
                _offset = chain[n].Offset;
            }
            (_return, _words, _outermost) = (site.Return, words, outermost);
        }

        private static bool IsKnown(Place place) => place.Offset != ErrorInfo.Unknown;

        private void Unsigned(uint value) => table.Unsigned(value);
    }

    private void Unsigned(uint value) => Leb.Add(Entries, value);
}
