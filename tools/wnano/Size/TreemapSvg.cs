// SPDX-License-Identifier: MIT
// A treemap as SVG: one colour per category, a heading if there is room, and every part's name and size as a tooltip.
using System;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;
using Wamr.Nano.Tool.Printing;

namespace Wamr.Nano.Tool.Size;

internal sealed class TreemapSvg
{
    private const double Width = 1200, Title = 30, LetterWidth = 0.62, BoldLetterWidth = 0.68, Border = 1.5;
    private const string Ink = "#1f2328";

    /// <summary>Hues that most people can distinguish, in the order of the categories.</summary>
    private static readonly int[] Hues = [210, 35, 150, 0, 265, 185, 55, 320, 95, 235];

    private readonly StringBuilder _svg = new();

    /// <summary>All memories, one below the other, as a file of its own.</summary>
    internal static string File(SizeReport report)
    {
        const double height = 640;
        SizeMemory[] memories = [.. report.Memories.Where(memory => memory.Used != 0)];
        TreemapSvg svg = new();
        svg.Open(Width, memories.Length * (height + Title), $"{report.Name} ({report.Kind})");
        for (int i = 0; i < memories.Length; i++)
        {
            double top = i * (height + Title);
            svg.Text(4, top + 21, 17, $"{report.Name}: {memories[i].Name}, {Bytes.Text(memories[i].Used)} B{Share(memories[i])}", "bold");
            svg.Map(memories[i].Parts, new(0, top + Title, Width, height - 6), _ => null);
        }
        return svg.Close();
    }

    /// <summary>One part of a memory.</summary>
    /// <param name="parts">What is drawn.</param>
    /// <param name="height">In units of which the picture is 1,200 wide.</param>
    /// <param name="link">The target of the link in the heading of a category; null for none.</param>
    /// <param name="hue">The colour of all of it; null for a colour a category.</param>
    internal static string Picture(SizeNode parts, double height, Func<SizeNode, string?> link, int? hue = null)
    {
        TreemapSvg svg = new();
        svg.Open(Width, height, parts.Name);
        svg.Map(parts, new(0, 0, Width, height), link, hue);
        return svg.Close();
    }

    internal static int HueOf(int category) => Hues[category % Hues.Length];

    internal static string Colour(int hue, int lightness) => string.Create(CultureInfo.InvariantCulture, $"hsl({hue} 62% {lightness}%)");

    private void Map(SizeNode parts, Rect area, Func<SizeNode, string?> link, int? hue = null)
    {
        int category = 0;
        foreach ((SizeNode part, Rect rect) in Treemap.Lay(parts.Children, area))
        {
            int own = hue ?? HueOf(category++);
            string? target = link(part);
            if (target != null) _svg.Append(CultureInfo.InvariantCulture, $"<a href=\"#{target}\">");
            Part(part, rect, own, 0, part.Name, parts.Bytes);
            if (target != null) _svg.Append("</a>");
        }
    }

    private void Part(SizeNode part, Rect rect, int hue, int depth, string path, ulong whole)
    {
        const int leafLightness = 84, groupLightness = 70;
        if (rect.Width < 0.3 || rect.Height < 0.3) return;
        double size = depth == 0 ? 14 : 11, heading = size + 6;
        // Parts without a heading would only be lines.
        bool open = !part.IsLeaf && rect.Width > 34 && rect.Height > heading + 14;
        Box(rect, Colour(hue, open ? groupLightness + depth * 6 : leafLightness),
            $"{path}: {Bytes.Text(part.Bytes)} B ({Gauge.Percent(part.Bytes, whole).ToString("F1", CultureInfo.InvariantCulture)} %)");
        Label(rect, size, ShortName(path), Bytes.Text(part.Bytes), open);
        if (!open) return;
        foreach ((SizeNode child, Rect inner) in Treemap.Lay(part.Children, rect.Inside(Border, heading)))
            Part(child, inner, hue, depth + 1, $"{path} / {child.Name}", whole);
    }

    private void Box(Rect r, string fill, string tooltip) => _svg.Append(CultureInfo.InvariantCulture,
        $"<rect x=\"{r.X:0.##}\" y=\"{r.Y:0.##}\" width=\"{r.Width:0.##}\" height=\"{r.Height:0.##}\" "
            + $"fill=\"{fill}\"><title>{WebUtility.HtmlEncode(tooltip)}</title></rect>\n");

    /// <summary>Name and bytes: on one line as a heading, else the bytes below where there is room; as much as fits.</summary>
    private void Label(Rect rect, double size, string name, string bytes, bool heading)
    {
        double room = rect.Width - 8;
        if (room < size * 2 || rect.Height < size + 4) return;
        int letters = (int)(room / (size * (heading ? BoldLetterWidth : LetterWidth)));
        string text = heading && name.Length + bytes.Length < letters ? $"{name} {bytes}" : Fit(name, letters);
        Text(rect.X + 4, rect.Y + size + 1, size, text, heading ? "600" : "normal");
        if (!heading && rect.Height > size * 2 + 8 && bytes.Length <= letters)
            Text(rect.X + 4, rect.Y + size * 2 + 4, size, bytes, "normal", 0.7);
    }

    /// <summary>The last name of a path. For a method in the file of its class, without the class.</summary>
    private static string ShortName(string path)
    {
        string[] names = path.Split(" / ");
        string type = names.Length > 1 && names[^2].EndsWith(".cs", StringComparison.Ordinal) ? names[^2][..^3] + "_" : "";
        return type.Length != 0 && names[^1].StartsWith(type, StringComparison.Ordinal) ? names[^1][type.Length..] : names[^1];
    }

    private static string Fit(string text, int letters) => text.Length <= letters ? text : letters < 3 ? "" : text[..(letters - 1)] + "…";

    private void Text(double x, double y, double size, string text, string weight, double opacity = 1)
    {
        if (text.Length != 0)
            _svg.Append(CultureInfo.InvariantCulture,
                $"<text x=\"{x:0.##}\" y=\"{y:0.##}\" font-size=\"{size}\" font-weight=\"{weight}\" "
                + $"fill-opacity=\"{opacity}\">{WebUtility.HtmlEncode(text)}</text>\n");
    }

    private void Open(double width, double height, string title) => _svg.Append(CultureInfo.InvariantCulture, $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:0} {height:0}" role="img"
            font-family="system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif" fill="{Ink}">
        <title>{WebUtility.HtmlEncode(title)}</title>
        <style>rect {"{"} stroke: #fff; stroke-width: 1 {"}"} text {"{"} pointer-events: none {"}"}
            a:hover > rect {"{"} stroke: {Ink} {"}"}</style>
        <rect width="{width:0}" height="{height:0}" fill="#fff"/>

        """);

    private string Close() => _svg.Append("</svg>\n").ToString();

    private static string Share(SizeMemory memory) => memory.Total == 0 ? "" : string.Create(CultureInfo.InvariantCulture,
        $" of {Bytes.Text(memory.Total)} B ({Gauge.Percent(memory.Used, memory.Total):F1} %)");
}
