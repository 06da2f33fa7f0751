// SPDX-License-Identifier: MIT
// Images before the tools that measure: every byte has its part, what is damaged says so, and what fit finds is the least.
using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool.Boards;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Tools;

public sealed class ImageToolTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wnano-image").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("samples/sensor/sensor.wasm", 848)]
    [InlineData("samples/hello/hello.wasm", 65536)]
    [InlineData("bench/kernels/sha256.wasm", 5536)]
    public void Parts_of_an_image_are_all_of_its_bytes(string module, int memory)
    {
        string image = Bytecode(module);
        JsonNode json = JsonNode.Parse(Wnano.Run("size", image, "--json").Output)!;
        Assert.Equal(Path.GetFileNameWithoutExtension(image), (string)json["image"]!);
        JsonNode flash = json["memories"]!.AsArray().First()!;
        Assert.Equal(new FileInfo(image).Length, (long)flash["used"]!);
        Assert.Equal((long)flash["used"]!, flash["parts"]!.AsArray().Sum(part => (long)part!["bytes"]!));
        Assert.Equal(memory, (int)json["memories"]!.AsArray().Last()!["used"]!);
    }

    [Theory]
    [InlineData(3, "WN8108")]
    [InlineData(7, "WN7007")]
    [InlineData(60, "WN7007")]
    [InlineData(500, "WN7007")]
    public void Image_that_is_cut_off_says_so(int length, string code)
    {
        string image = Bytecode("samples/sensor/sensor.wasm");
        byte[] bytes = File.ReadAllBytes(image);
        File.WriteAllBytes(image, bytes[..length]);
        ProcessResult r = Wnano.Run("size", image);
        Assert.Equal((1, code), (r.ExitCode, r.Error[..6]));
        bytes[300] ^= 1;
        File.WriteAllBytes(image, bytes);
        Assert.StartsWith("WN7003", Wnano.Run("size", image).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_of_an_image_wants_to_know_the_board()
    {
        ProcessResult r = Wnano.Run("fit", Bytecode("samples/sensor/sensor.wasm"), "--invoke", "run", "2");
        Assert.Equal(2, r.ExitCode);
        Assert.Contains("name a board with --board", r.Error, StringComparison.Ordinal);
    }

    [Trait("Category", "Boards")]
    [Theory]
    [InlineData("stm32f100")]
    [InlineData("riscv32")]
    public void Image_runs_on_the_board_with_what_fit_found_and_not_with_less(string name)
    {
        if (new SourceTree(Repository.PathOf("")).Board(name).MissingPackages.Count != 0) return;
        string image = Bytecode("samples/sensor/sensor.wasm");
        JsonNode fit = JsonNode.Parse(Wnano.Run("fit", image, "--board", name, "--json", "--invoke", "run", "2").Output)!;
        Assert.Equal((uint)fit["pool"]!, fit["parts"]!.AsObject().Sum(part => (uint)part.Value!));
        string stack = fit["operandStack"]!.ToString();
        Assert.Equal(0, Run((uint)fit["pool"]!).ExitCode);
        Assert.StartsWith("WN2001", Run((uint)fit["pool"]! - 8).Error, StringComparison.Ordinal);

        ProcessResult Run(uint pool) => Wnano.Run("run", image, "--board", name, "--pool",
            pool.ToString(System.Globalization.CultureInfo.InvariantCulture), "--stack", stack, "--invoke", "run", "2");
    }

    [Trait("Category", "Boards")]
    [Fact]
    public void Fit_of_an_image_says_what_would_shrink_it_and_by_how_much()
    {
        const string board = "mps2-an386";
        if (new SourceTree(Repository.PathOf("")).Board(board).MissingPackages.Count != 0) return;
        JsonNode cut = Fit(), whole = Fit("--whole-pages");
        uint without = (uint)cut["pool"]!, with = (uint)whole["pool"]!;
        JsonNode pages = whole["advice"]![0]!;
        Assert.Equal("wnano compile without --whole-pages", (string)pages["option"]!);
        // Beside a large block less of a pool is lost between blocks.
        Assert.InRange(with - without - (uint)pages["saves"]!, 0u, 256u);
        Assert.Contains("-Wl,-z,stack-size=16, then wnano compile", cut["advice"]!.ToJsonString()
            .Replace("\\u002B", "+"), StringComparison.Ordinal);
        Assert.Contains("native stack", cut["advice"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(3, cut["advice"]!.AsArray().Count);

        JsonNode Fit(params string[] options)
        {
            string image = Path.Combine(_folder, "sensor.xip");
            Assert.Equal(0, Wnano.Run(
                ["compile", Repository.PathOf("samples/sensor/sensor.wasm"), "--board", board, "-o", image, .. options]).ExitCode);
            return JsonNode.Parse(Wnano.Run("fit", image, "--board", board, "--json").Output)!;
        }
    }

    [Fact]
    public void Dump_lists_header_declarations_and_bytecode_of_an_image()
    {
        string image = Bytecode("samples/sensor/sensor.wasm");
        ProcessResult r = Wnano.Run("dump", image, "--registers");
        Assert.Equal((0, ""), (r.ExitCode, r.Error));
        foreach (string part in new[] { "kind: bytecode, for any processor with pointers of 4 B", "sensor.read: func (i32) -> (i32)",
            "memory of an instance: 848 B", "func[4] _start () -> ()", "call function 2 frame r2" })
            Assert.Contains(part, r.Output, StringComparison.Ordinal);
        Assert.StartsWith("WN8001 an image has no WebAssembly code", Wnano.Run("dump", image, "--code").Error, StringComparison.Ordinal);
        File.WriteAllBytes(image, File.ReadAllBytes(image)[..500]);
        Assert.StartsWith("WN7007", Wnano.Run("dump", image).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Image_for_another_machine_is_refused_by_the_names_of_both()
    {
        ProcessResult r = Wnano.Run("run", Bytecode("samples/sensor/sensor.wasm"));
        Assert.Equal(1, r.ExitCode);
        Assert.Matches("^WN7017 .*for any processor with pointers of 4 B, this machine is .* pointers of 8 B", r.Error);
    }

    private string Bytecode(string module)
    {
        string image = Path.Combine(_folder, Path.GetFileNameWithoutExtension(module) + ".xip");
        ProcessResult r = Wnano.Run("compile", Repository.PathOf(module), "--bytecode", "-o", image);
        Assert.Equal((0, ""), (r.ExitCode, r.Error));
        return image;
    }
}
