// SPDX-License-Identifier: MIT
// Sizes as one HTML page that needs nothing else: gauges, treemaps to click into, and tables.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;
using Wamr.Nano.Tool.Printing;

namespace Wamr.Nano.Tool.Size;

internal static class SizeHtml
{
    private const string Style = """
        :root { color-scheme: light dark; font: 15px/1.45 system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif; }
        body { max-width: 1240px; margin: 0 auto; padding: 16px; }
        h1 { font-size: 1.5rem; margin: 0 0 8px; } h2 { font-size: 1.2rem; margin: 28px 0 8px; }
        .gauges { display: grid; grid-template-columns: max-content 1fr max-content; gap: 6px 12px; align-items: center; }
        @media (max-width: 640px) {
            .gauges { grid-template-columns: max-content 1fr; grid-auto-flow: dense; } .bar { grid-column: 1 / -1; }
        }
        .bar { height: 14px; border-radius: 7px; background: #8884; overflow: hidden; }
        .bar i { display: block; height: 100%; background: hsl(210 62% 50%); } .bar .over { background: hsl(0 70% 50%); }
        svg { width: 100%; height: auto; border-radius: 6px; display: block; }
        table { border-collapse: collapse; margin-top: 10px; }
        td, th { padding: 3px 12px 3px 0; text-align: left; border-bottom: 1px solid #8883; }
        td + td, th + th { text-align: right; font-variant-numeric: tabular-nums; }
        .swatch { display: inline-block; width: 12px; height: 12px; border-radius: 3px; margin-right: 8px; }
        .zoom { display: none; margin-top: 12px; } .zoom:target { display: block; }
        summary { cursor: pointer; margin-top: 10px; } .note { opacity: .75; }
        """;

    internal static string Page(SizeReport report)
    {
        StringBuilder html = new();
        html.Append(CultureInfo.InvariantCulture,
            $"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
            + $"content=\"width=device-width\"><title>{Text(report.Name)}: sizes</title>\n<style>\n{Style}\n</style></head><body>\n");
        html.Append(CultureInfo.InvariantCulture, $"<h1>{Text(report.Name)} <span class=\"note\">({report.Kind})</span></h1>\n");
        Gauges(html, report);
        int number = 0;
        foreach (SizeMemory memory in report.Memories.Where(memory => memory.Used != 0)) Memory(html, memory, number++);
        return html.Append("</body></html>\n").ToString();
    }

    private static void Gauges(StringBuilder html, SizeReport report)
    {
        html.Append("<div class=\"gauges\">\n");
        foreach (SizeMemory memory in report.Memories)
        {
            bool known = memory.Total != 0;
            double percent = known ? Gauge.Percent(memory.Used, memory.Total) : 0;
            string words = known
                ? string.Create(CultureInfo.InvariantCulture,
                    $"{percent:F1} % (used {Bytes.Text(memory.Used)} B of {Bytes.Text(memory.Total)} B)")
                : $"{Bytes.Text(memory.Used)} B used";
            if (!known) html.Append(CultureInfo.InvariantCulture, $"<b>{Text(memory.Name)}</b><span>{words}</span><span></span>\n");
            else
                html.Append(CultureInfo.InvariantCulture,
                    $"<b>{Text(memory.Name)}</b><div class=\"bar\"><i class=\"{(percent > 100 ? "over" : "")}\" "
                    + $"style=\"width:{Math.Min(100, percent):F1}%\"></i></div><span>{words}</span>\n");
        }
        html.Append("</div>\n");
    }

    private static void Memory(StringBuilder html, SizeMemory memory, int number)
    {
        SizeNode[] categories = [.. memory.Parts.Children];
        html.Append(CultureInfo.InvariantCulture, $"<h2 id=\"m{number}\">{Text(memory.Name)}: {Bytes.Text(memory.Used)} B</h2>\n");
        bool zooms = categories.Any(part => !part.IsLeaf);
        if (zooms) html.Append("<p class=\"note\">Click a category to see it alone below; a tooltip names every part.</p>\n");
        html.Append(TreemapSvg.Picture(memory.Parts, zooms ? 620 : 320, part =>
            part.IsLeaf ? null : Id(number, Array.IndexOf(categories, part))));
        for (int i = 0; i < categories.Length; i++)
        {
            if (categories[i].IsLeaf) continue;
            html.Append(CultureInfo.InvariantCulture,
                $"<div class=\"zoom\" id=\"{Id(number, i)}\"><h2>{Text(categories[i].Name)}: {Bytes.Text(categories[i].Bytes)} B <a "
                + $"class=\"note\" href=\"#m{number}\">close</a></h2>\n");
            html.Append(TreemapSvg.Picture(categories[i], 520, _ => null, TreemapSvg.HueOf(i)));
            html.Append("</div>\n");
        }
        Categories(html, categories, memory.Used);
        Leaves(html, memory);
    }

    private static void Categories(StringBuilder html, SizeNode[] categories, ulong whole)
    {
        html.Append("<table><tr><th>category</th><th>bytes</th><th>%</th></tr>\n");
        for (int i = 0; i < categories.Length; i++)
        {
            string colour = TreemapSvg.Colour(TreemapSvg.HueOf(i), 70), name = Text(categories[i].Name);
            Row(html, $"<span class=\"swatch\" style=\"background:{colour}\"></span>{name}", categories[i].Bytes, whole);
        }
        html.Append("</table>\n");
    }

    private static void Leaves(StringBuilder html, SizeMemory memory)
    {
        (IReadOnlyList<string> Path, ulong Bytes)[] leaves =
            [.. memory.Parts.Leaves().Where(leaf => leaf.Path.Count > 1).OrderByDescending(leaf => leaf.Bytes)];
        if (leaves.Length == 0) return;
        html.Append(CultureInfo.InvariantCulture,
            $"<details><summary>all {leaves.Length} parts</summary><table><tr><th>part</th><th>bytes</th><th>%</th></tr>\n");
        foreach ((IReadOnlyList<string> path, ulong bytes) in leaves) Row(html, Text(SizeMemory.Text(path)), bytes, memory.Used);
        html.Append("</table></details>\n");
    }

    private static void Row(StringBuilder html, string name, ulong bytes, ulong whole) => html.Append(CultureInfo.InvariantCulture,
        $"<tr><td>{name}</td><td>{Bytes.Text(bytes)}</td><td>{Gauge.Percent(bytes, whole):F1}</td></tr>\n");

    private static string Id(int memory, int category) => string.Create(CultureInfo.InvariantCulture, $"m{memory}c{category}");

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
