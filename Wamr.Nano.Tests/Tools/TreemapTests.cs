// SPDX-License-Identifier: MIT
// The treemap: areas are bytes, nothing overlaps or sticks out; and a browser, where there is one, draws it with every label in its box.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Size;
using Xunit;

namespace Wamr.Nano.Tests.Tools;

public sealed class TreemapTests : IDisposable
{
    private const string Browser = "chromium";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wnano-map");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(500)]
    public void Areas_are_proportional_to_bytes_and_do_not_overlap(int count)
    {
        Random random = new(count);
        SizeNode parts = new("all");
        for (int i = 0; i < count; i++) parts.Add((ulong)random.Next(1, 10_000), $"part {i}");
        Rect area = new(10, 20, 800, 500);
        IReadOnlyList<(SizeNode Part, Rect Rect)> placed = Treemap.Lay(parts.Children, area);
        Assert.Equal(count, placed.Count);
        foreach ((SizeNode part, Rect r) in placed)
        {
            Assert.Equal(part.Bytes / (double)parts.Bytes, r.Area / area.Area, 6);
            Assert.True(r.X >= area.X - 1e-6
                && r.Y >= area.Y - 1e-6 && r.X + r.Width <= area.X + area.Width + 1e-6 && r.Y + r.Height <= area.Y + area.Height + 1e-6);
        }
        for (int i = 0; i < count; i++)
            for (int j = 0; j < i; j++) Assert.True(Overlap(placed[i].Rect, placed[j].Rect) < 1e-6);
        if (count == 500) Assert.True(placed.Average(p => Math.Max(p.Rect.Width, p.Rect.Height)
            / Math.Min(p.Rect.Width, p.Rect.Height)) < 2, "rectangles are no squares");
    }

    [Fact]
    public void Svg_is_well_formed_and_names_every_part_once()
    {
        SizeReport report = Report();
        XDocument svg = XDocument.Parse(TreemapSvg.File(report));
        string[] titles = [.. svg.Descendants().Where(node => node.Name.LocalName == "rect").Elements().Select(title => title.Value)];
        foreach (SizeMemory memory in report.Memories)
            foreach ((IReadOnlyList<string> path, _) in memory.Parts.Leaves().Take(20))
                Assert.Single(titles, title => title.StartsWith(SizeMemory.Text(path) + ": ", StringComparison.Ordinal));
    }

    [Fact]
    public void Names_are_escaped()
    {
        SizeNode parts = new("flash");
        parts.Add(10, "<script>", "operator&\"<<\"");
        SizeReport report = new("a<b", "module", [new("flash", 0, parts)]);
        Assert.NotNull(XDocument.Parse(TreemapSvg.File(report)).Root);
        Assert.DoesNotContain("<script>", SizeHtml.Page(report), StringComparison.Ordinal);
    }

    [Fact]
    public void Page_needs_nothing_else()
    {
        string page = SizeHtml.Page(Report());
        Assert.DoesNotMatch(@"(src|href)\s*=\s*""(?!#)", page);
        Assert.Contains("all 23 parts", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Browser_draws_every_rectangle_and_keeps_labels_inside_them()
    {
        if (ExternalProgram.Locate(Browser) is not string browser) return;
        const string measure = """
            <script>
            const svg = document.querySelector('svg'), frame = svg.getBoundingClientRect(), bad = [];
            let labels = 0, boxes = 0, box = null;
            for (const node of svg.querySelectorAll('rect, text')) {
              const r = node.getBoundingClientRect();
              if (node.tagName === 'rect') { box = r; if (r.width > 0 && r.height > 0) boxes++; }
              else { labels++; if (r.right > box.right + 2 || r.left < box.left || r.bottom > box.bottom + 4) bad.push(node.textContent); }
            }
            document.body.dataset.result = JSON.stringify({ width: frame.width, boxes, labels, bad });
            </script>
            """;
        string page = Path.Combine(_folder.FullName, "page.html");
        SizeReport report = Report();
        File.WriteAllText(page, SizeHtml.Page(report) + measure);
        ProcessResult r = Wnano.Start(browser, "--headless", "--no-sandbox", "--disable-gpu", "--window-size=1280,1000",
            $"--user-data-dir={Path.Combine(_folder.FullName, "profile")}", "--dump-dom", new Uri(page).AbsoluteUri);
        string result = Regex.Match(r.Output, "data-result=\"([^\"]*)\"").Groups[1].Value.Replace("&quot;", "\"");
        Assert.False(result.Length == 0, r.Error);
        JsonNode json = JsonNode.Parse(result)!;
        Assert.True((double)json["width"]! > 1000);
        Assert.True((int)json["boxes"]! > report.Memories[0].Parts.Leaves().Count() * 3 / 4);
        Assert.True((int)json["labels"]! > 20);
        Assert.Empty(json["bad"]!.AsArray().Select(label => (string)label!));
    }

    private static SizeReport Report() => new SizeSource(null, 0, 0).Read(new(Repository.PathOf("samples/hello/hello.wasm")));

    private static double Overlap(Rect a, Rect b) =>
        Math.Max(0, Math.Min(a.X + a.Width, b.X + b.Width) - Math.Max(a.X, b.X))
            * Math.Max(0, Math.Min(a.Y + a.Height, b.Y + b.Height) - Math.Max(a.Y, b.Y));
}
