// SPDX-License-Identifier: MIT
// Lays parts out as rectangles whose areas are their bytes, as near to squares as rows allow (squarified treemap).
using System;
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.Tool.Size;

internal readonly record struct Rect(double X, double Y, double Width, double Height)
{
    internal double Area => Width * Height;

    /// <summary>What is left within a border, and below a heading.</summary>
    internal Rect Inside(double border, double heading) =>
        new(X + border, Y + heading, Math.Max(0, Width - 2 * border), Math.Max(0, Height - heading - border));
}

internal static class Treemap
{
    /// <summary>A rectangle for each part, together the whole area.</summary>
    /// <param name="parts">Largest first, none of 0 bytes.</param>
    /// <param name="area">Where they go.</param>
    internal static IReadOnlyList<(SizeNode Part, Rect Rect)> Lay(IEnumerable<SizeNode> parts, Rect area)
    {
        List<(SizeNode, Rect)> placed = [];
        Queue<SizeNode> rest = new(parts);
        double scale = area.Area / Math.Max(1, rest.Sum(part => (double)part.Bytes));
        List<SizeNode> row = [];
        while (rest.Count != 0)
        {
            double side = Math.Min(area.Width, area.Height);
            if (row.Count == 0 || Worst([.. row, rest.Peek()], side, scale) <= Worst(row, side, scale)) row.Add(rest.Dequeue());
            else area = Place(row, area, scale, placed);
        }
        if (row.Count != 0) Place(row, area, scale, placed);
        return placed;
    }

    /// <summary>The longest side by the shortest one, of the worst rectangle in a row along a side.</summary>
    private static double Worst(IReadOnlyCollection<SizeNode> row, double side, double scale)
    {
        double sum = row.Sum(part => part.Bytes * scale), most = row.Max(part => part.Bytes) * scale,
            least = row.Min(part => part.Bytes) * scale;
        return Math.Max(side * side * most / (sum * sum), sum * sum / (side * side * least));
    }

    /// <summary>Places a row along the shorter side and empties it. What is left of the area.</summary>
    private static Rect Place(List<SizeNode> row, Rect area, double scale, List<(SizeNode, Rect)> placed)
    {
        bool upright = area.Width >= area.Height;
        double side = upright ? area.Height : area.Width, sum = row.Sum(part => part.Bytes * scale),
            depth = side == 0 ? 0 : sum / side, at = 0;
        foreach (SizeNode part in row)
        {
            double length = depth == 0 ? 0 : part.Bytes * scale / depth;
            placed.Add((part, upright ? new(area.X, area.Y + at, depth, length) : new(area.X + at, area.Y, length, depth)));
            at += length;
        }
        row.Clear();
        return upright ? new(area.X + depth, area.Y, Math.Max(0, area.Width - depth), area.Height)
            : new(area.X, area.Y + depth, area.Width, Math.Max(0, area.Height - depth));
    }
}
