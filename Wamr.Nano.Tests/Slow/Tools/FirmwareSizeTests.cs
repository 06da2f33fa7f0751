// SPDX-License-Identifier: MIT
// Sizes of a firmware: its parts add up, and its structures are as large as was computed for them.
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Fit;
using Wamr.Nano.Tool.Measure;
using Wamr.Nano.Tool.Size;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Tools;

public sealed class FirmwareSizeTests
{
    /// <summary>The firmware of the host board: its flash is what its sections are, whatever symbols there are.</summary>
    [Trait("Category", "Boards")]
    [Fact]
    public void Parts_of_a_firmware_add_up_to_its_sections_by_folder_and_function()
    {
        if (ExternalProgram.Locate("arm-none-eabi-gcc") == null) return;
        JsonNode built = JsonNode.Parse(Wnano.Run("build", "--board", "mps2-an385", "--json").Output)!;
        FileInfo elf = new((string)built["elf"]!);
        SizeReport report = new SizeSource(null, 0, 0).Read(elf);
        Assert.Equal((ulong)built["flash"]! + (ulong)built["app"]!, report.Rom);
        SizeNode flash = report.Memories[0].Parts;
        Assert.Contains(flash.Leaves(), leaf => SizeMemory.Text(leaf.Path) == "Core/Engine/Interpreter / Loop.cs / Loop_Execute");
        Assert.Contains(flash.Children, part => part.Name == "compiler's library");
        ulong named = (ulong)flash.Children.Where(part => part.Name is not ("other" or "between functions")).Sum(part => (long)part.Bytes);
        Assert.True(named > flash.Bytes * 9 / 10, $"only {named} of {flash.Bytes} B have a place");
        Assert.Equal(["pool", "native stack"], report.Memories[1].Parts.Children.Select(part => part.Name).Take(2));
    }

    [Trait("Category", "Boards")]
    [Theory]
    [InlineData("mps2-an385")]
    [InlineData("riscv32")]
    public void Structures_are_as_large_as_a_firmware_reports(string name)
    {
        SourceTree tree = new(Repository.PathOf(""));
        BoardInfo board = tree.Board(name);
        if (board.MissingPackages.Count != 0) return;
        Measured measured =
            Measuring.Of(tree, board, new() { ModuleFile = Repository.PathOf("samples/sensor/sensor.wasm"), Export = "run", Slots = [2] });
        Assert.NotEmpty(measured.Structs);
        foreach ((string structure, uint bytes) in measured.Structs)
            Assert.Equal((structure, bytes),
                (structure, Layout.Board.Types.Where(type => type.Name == structure).Select(Layout.Board.SizeOf).Single()));
    }
}
