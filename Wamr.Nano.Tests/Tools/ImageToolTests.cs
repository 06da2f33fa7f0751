// SPDX-License-Identifier: MIT
// Images before the tools that measure: every byte has its part, what is damaged says so, and what fit finds is the least.
using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Wamr.Nano.Tests.Cli;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool.Boards;
using Xunit;

namespace Wamr.Nano.Tests.Tools;

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

        ProcessResult Run(uint pool) => Wnano.Run("run", image, "--board", name, "--pool", pool.ToString(System.Globalization.CultureInfo.InvariantCulture), "--stack", stack, "--invoke", "run", "2");
    }

    private string Bytecode(string module)
    {
        string image = Path.Combine(_folder, Path.GetFileNameWithoutExtension(module) + ".xip");
        ProcessResult r = Wnano.Run("compile", Repository.PathOf(module), "--bytecode", "-o", image);
        Assert.Equal((0, ""), (r.ExitCode, r.Error));
        return image;
    }
}
