// SPDX-License-Identifier: MIT
// Valid modules that can never be instantiated are refused at once, with the limit; those just below it are not.
using System;
using System.IO;
using System.Text.Json.Nodes;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Tools;

public sealed class ImpossibleModuleTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wnano-impossible");

    public void Dispose() => _folder.Delete(recursive: true);

    public static TheoryData<string, string, string> Impossible => new()
    {
        { "memory", "WN3017", "65,536 pages of 65,536 B; at most 65,535 pages are possible" },
        { "imported memory", "WN3017", "65,536 pages" },
        { "memory of single bytes", "WN3017", "4,294,967,295 pages of 1 B; at most 4,294,901,760 pages are possible" },
        { "table", "WN3022", "table 0 begins with 10,000,001 elements" },
        { "imported table", "WN3022", "table 0 begins with 10,000,001 elements" },
        { "second table", "WN3022", "table 1 begins with 10,000,001 elements" },
        { "elements", "WN5009", "element segment 0 fills table 0 up to 3 of 2 elements" },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void Check_and_compile_refuse_it_with_the_limit(string kind, string code, string limit)
    {
        string app = Written(Module(kind, 1));
        ProcessResult check = Wnano.Run("check", app),
            compile = Wnano.Run("compile", app, "--bytecode", "-o", Path.Combine(_folder.FullName, "app.xip"));
        foreach (ProcessResult r in new[] { check, compile })
        {
            Assert.Equal((1, ""), (r.ExitCode, r.Output));
            Assert.StartsWith(code, r.Error, StringComparison.Ordinal);
            Assert.Contains(limit, r.Error, StringComparison.Ordinal);
            Assert.Contains("no instance can be made", r.Error, StringComparison.Ordinal);
        }
        Assert.Equal(code, (string)JsonNode.Parse(Wnano.Run("check", app, "--json").Output)!["code"]!);
        Assert.Equal(0, Wnano.Run("check", Written(Module(kind, 0))).ExitCode);
    }

    [Fact]
    public void App_heap_that_makes_a_memory_too_large_is_refused_when_it_is_compiled()
    {
        string app = Written(Module("memory", 0)), image = Path.Combine(_folder.FullName, "app.xip");
        Assert.Contains("an app heap of 4,096 B", Wnano.Run("compile", app, "--bytecode", "--app-heap", "4K", "-o", image).Error,
            StringComparison.Ordinal);
        Assert.Equal(0, Wnano.Run("compile", app, "--bytecode", "-o", image).ExitCode);
    }

    [Fact]
    public void Data_behind_the_memory_are_warned_of()
    {
        ModuleBuilder m = new();
        m.Memory(1);
        m.Data(65534, 1, 2, 3);
        ProcessResult check = Wnano.Run("check", Written(m.Build()));
        Assert.Equal(0, check.ExitCode);
        Assert.Contains("warning: data segment 0 ends at 65,537, and the memory begins with 65,536 B", check.Output,
            StringComparison.Ordinal);
    }

    /// <summary>At a limit, and so much beyond.</summary>
    private static byte[] Module(string kind, uint beyond)
    {
        ModuleBuilder m = new();
        switch (kind)
        {
            case "memory": m.Memory(65535 + beyond); break;
            case "imported memory": m.ImportMemory("env", "memory", 65535 + beyond); break;
            case "memory of single bytes": m.Memory(beyond == 0 ? 0xFFFF0000 : uint.MaxValue, pageOfOneByte: true); break;
            case "table": m.Table(10_000_000 + beyond); break;
            case "imported table": m.ImportTable("env", "table", 10_000_000 + beyond); break;
            case "second table":
                m.Table(1);
                m.Table(10_000_000 + beyond);
                break;
            default:
                m.Table(2 + 1 - beyond);
                uint f = m.Function(":", new Code());
                m.Elements(1, f, f);
                break;
        }
        return m.Build();
    }

    private string Written(byte[] module)
    {
        string file = Path.Combine(_folder.FullName, "app.wasm");
        File.WriteAllBytes(file, module);
        return file;
    }
}
