// SPDX-License-Identifier: MIT
// Draws the layers of the core as SVG: a box a layer, foundations at the bottom, an arrow to each layer it builds on directly.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Wamr.Nano.Tests.Freestanding;

namespace Wamr.Nano.Tests.Docs;

internal static class LayerPicture
{
    /// <summary>The point of an arrow.</summary>
    private const string Tip =
        """<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto">"""
        + """<path d="M0 0L8 4L0 8z" fill="#667"/></marker></defs>""";

    private const int Width = 920, BoxWidth = 190, BoxHeight = 64, RowHeight = 104, Margin = 20, LineLength = 30;

    /// <summary>The picture of <paramref name="layers"/>, which stand in an order where a layer uses only earlier ones.</summary>
    internal static string Draw(IReadOnlyList<Layer> layers)
    {
        Dictionary<string, int> rank = [];
        foreach (Layer layer in layers) rank[layer.Name] = layer.Uses.Select(u => rank[u] + 1).DefaultIfEmpty(0).Max();
        int rows = rank.Values.Max() + 1;
        Dictionary<string, (int X, int Y)> places = [];
        foreach (IGrouping<int, Layer> row in layers.GroupBy(layer => rank[layer.Name]))
        {
            // A shift of every other row keeps long arrows from running through the boxes between.
            int count = row.Count(), step = Width / count, number = 0, shift = row.Key % 2 == 0 && count == 2 ? step / 4 : 0;
            foreach (Layer layer in row)
                places[layer.Name] = (step * number++ + (step - BoxWidth) / 2 + shift, Margin + (rows - 1 - row.Key) * RowHeight);
        }
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {rows * RowHeight}" font-family="sans-serif" font-size="12">
            <title>The layers of the core: each uses only those below it</title>
            {Tip}
            <rect width="100%" height="100%" fill="#fff"/>

            """);
        // Arrows lie over boxes and under text: one that passes a box is seen to pass it.
        foreach (Layer layer in layers) svg.Append(Box(places[layer.Name]));
        foreach (Layer layer in layers)
            foreach (string to in Direct(layer, layers))
                svg.Append(Arrow(places[layer.Name], places[to])).Append('\n');
        foreach (Layer layer in layers) svg.Append(Caption(layer, places[layer.Name]));
        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>The layers that <paramref name="layer"/> uses and that none of its other layers uses already.</summary>
    private static IEnumerable<string> Direct(Layer layer, IReadOnlyList<Layer> layers) =>
        layer.Uses.Where(to => !layer.Uses.Any(via => via != to && layers.First(l => l.Name == via).Uses.Contains(to))).Order();

    private static string Arrow((int X, int Y) from, (int X, int Y) to)
    {
        string ends = string.Create(CultureInfo.InvariantCulture,
            $"x1=\"{from.X + BoxWidth / 2}\" y1=\"{from.Y + BoxHeight}\" x2=\"{to.X + BoxWidth / 2}\" y2=\"{to.Y}\"");
        return $"""<line {ends} stroke="#667" marker-end="url(#tip)"/>""";
    }

    private static string Box((int X, int Y) at) => string.Create(CultureInfo.InvariantCulture,
        $"""<rect x="{at.X}" y="{at.Y}" width="{BoxWidth}" height="{BoxHeight}" rx="6" fill="#eef3fb" stroke="#4a6fa5"/>""") + "\n";

    private static string Caption(Layer layer, (int X, int Y) at)
    {
        StringBuilder caption = new();
        int middle = at.X + BoxWidth / 2, line = at.Y + 22;
        caption.Append(CultureInfo.InvariantCulture,
            $"""<text x="{middle}" y="{line}" text-anchor="middle" font-weight="bold" font-size="14">{layer.Name}</text>""").Append('\n');
        foreach (string text in Lines(layer.Into))
        {
            string safe = text.Replace("&", "&amp;", StringComparison.Ordinal);
            caption.Append(CultureInfo.InvariantCulture,
                $"""<text x="{middle}" y="{line += 16}" text-anchor="middle" fill="#334">{safe}</text>""").Append('\n');
        }
        return caption.ToString();
    }

    /// <summary>Breaks a caption between words.</summary>
    private static IEnumerable<string> Lines(string caption)
    {
        string line = "";
        foreach (string word in caption.Split(' '))
        {
            if (line.Length + word.Length >= LineLength)
            {
                yield return line;
                line = "";
            }
            line = line.Length == 0 ? word : $"{line} {word}";
        }
        yield return line;
    }
}
