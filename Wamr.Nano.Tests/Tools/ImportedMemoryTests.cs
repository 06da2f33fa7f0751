// SPDX-License-Identifier: MIT
// Tools that only look at a module do with imports of every kind, and count none of the RAM of what is imported.
using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool.Fit;
using Wamr.Nano.Tool.Trimming;
using Xunit;

namespace Wamr.Nano.Tests.Tools;

public sealed class ImportedMemoryTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wnano-imports");

    public void Dispose() => _folder.Delete(recursive: true);

    [SharedFact("cases")]
    public void Case_with_an_imported_memory_is_estimated_sized_and_trimmed()
    {
        if (!Cases.HasWabt) return;
        string app = Path.Combine(_folder.FullName, "app.wasm"), trimmed = Path.Combine(_folder.FullName, "trimmed.wasm");
        File.WriteAllBytes(app, Cases.Wat("imported_memory_tools.wat"));
        ProcessResult estimate = Wnano.Run("estimate", app);
        Assert.Equal((0, ""), (estimate.ExitCode, estimate.Error));
        Assert.Contains("linear memory: imported, 1 or more pages of 65,536 B", estimate.Output, StringComparison.Ordinal);
        JsonNode json = JsonNode.Parse(Wnano.Run("estimate", app, "--json").Output)!;
        Assert.True((uint)json["pool"]! < 4096, json.ToJsonString());
        Assert.Equal(1u, (uint)json["importedMemoryPages"]!);
        Assert.Equal(0, Wnano.Run("size", app).ExitCode);
        ProcessResult trim = Wnano.Run("trim", app, "-o", trimmed);
        Assert.Equal((0, ""), (trim.ExitCode, trim.Error));
        Assert.Contains("unchanged: linear memory: it is imported", trim.Output, StringComparison.Ordinal);
    }

    /// <summary>Stand-ins are none of the app's: however large they are, the estimate is the same.</summary>
    [Fact]
    public void What_is_imported_takes_nothing_of_the_estimate()
    {
        uint small = Pool(pages: 1, elements: 1), large = Pool(pages: 40, elements: 5000);
        Assert.Equal(small, large);
        Assert.InRange(small, 400u, 2000u);
    }

    [Fact]
    public void Parts_add_up_to_the_pool()
    {
        using Estimation estimation = new(new() { Module = App(2, 7) }, 0);
        Assert.Equal(estimation.Need.PoolBytes, (uint)estimation.Need.Parts.Sum(part => part.Value));
        Assert.False(estimation.Need.Parts.TryGetValue(RamPart.LinearMemory, out uint memory) && memory != 0);
        Assert.False(estimation.Need.Parts.TryGetValue(RamPart.Tables, out uint tables) && tables != 0);
    }

    [Fact]
    public void Trimming_does_with_imported_tables_and_globals()
    {
        byte[] app = App(1, 1);
        Assert.Contains("it is imported", Assert.Single(Trim.Of(app, []).Kept), StringComparison.Ordinal);
    }

    private static uint Pool(uint pages, uint elements)
    {
        using Estimation estimation = new(new() { Module = App(pages, elements) }, 0);
        return estimation.Need.PoolBytes;
    }

    private static byte[] App(uint pages, uint elements)
    {
        ModuleBuilder m = new();
        m.ImportMemory("env", "memory", pages, pages);
        m.ImportTable("env", "table", elements);
        m.ImportGlobal("env", "counter", 'I', mutable: true);
        m.ImportGlobal("env", "base", 'i');
        uint f = m.Function(":i", new Code().I32(16).Op(Opcode.I32Load, 2, 0), export: "f");
        m.Elements(0, f);
        m.Data(16, 1, 2, 3, 4);
        return m.Build();
    }
}
