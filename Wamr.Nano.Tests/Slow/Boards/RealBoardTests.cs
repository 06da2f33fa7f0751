// SPDX-License-Identifier: MIT
// Boards that no emulator has: their firmware is built, and what the chip's boot looks for is where it looks.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Flash;
using Wamr.Nano.Tool.Measure;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Boards;

[Trait("Category", "Boards")]
public sealed class RealBoardTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("idf-").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    private static IEnumerable<BoardInfo> Real =>
        BoardKit.Tree.AllBoards().Where(board => !board.RunsHere && (Shared.OnCi || board.MissingPackages.Count == 0));

    public static TheoryData<string> Linked => [.. Real.Where(board => board.Component == null).Select(board => board.Name)];

    public static TheoryData<string> Components => [.. Real.Where(board => board.Component != null).Select(board => board.Name)];

    private static (ElfFile Elf, FirmwareImage Flash) Build(BoardInfo board, string program)
    {
        string elf =
            FirmwareLink.Link(new(BoardKit.Tree, board, new() { Program = program }), new() { ModuleFile = BoardKit.Tree.EmptyModule });
        return (new ElfFile(elf), FirmwareImage.Read(File.ReadAllBytes(elf), elf));
    }

    private static MemoryArea Area(BoardInfo board, string name) => board.Memory.Single(area => area.Name == name);

    private static bool IsIn(MemoryArea area, ulong address) => address >= area.Origin && address < (ulong)area.Origin + area.Length;

    /// <summary>Offset of the vector table: behind the second boot stage, where there is one.</summary>
    private static int Vectors(BoardInfo board) => board.Name == "rp2040" ? 0x100 : 0;

    [Theory]
    [MemberData(nameof(Linked))]
    public void The_app_server_starts_where_the_chip_does_and_leaves_the_slots_alone(string name)
    {
        BoardInfo board = BoardKit.Tree.Board(name);
        var (elf, flash) = Build(board, FirmwareOptions.Server);
        int table = Vectors(board);
        Assert.Equal(Area(board, "flash").Origin, flash.Address);
        Assert.True(flash.Bytes.Length <= board.Flash!.Slots[0].Offset, $"{flash} reaches into the slots");
        uint stack = BitConverter.ToUInt32(flash.Bytes, table), reset = BitConverter.ToUInt32(flash.Bytes, table + 4);
        Assert.Equal(Area(board, "ram").Origin + board.StackBytes, stack);
        Assert.Equal(elf.Symbols().Single(symbol => symbol.Name == "wn_reset").Address | 1, reset);
        ulong handler = elf.Symbols().Single(symbol => symbol.Name == "wn_serial").Address | 1;
        ulong[] interrupts = [.. Enumerable.Range(16, 40).Select(i => (ulong)BitConverter.ToUInt32(flash.Bytes, table + 4 * i))];
        Assert.Equal(handler, interrupts[Interrupt(board)]);
        Assert.All(Enumerable.Range(0, board.Pool.Count), i => Assert.True(
            elf.Section($".pool{i}") is ElfSection pool
                && IsIn(Area(board, board.Pool[i].Area), pool.Address) && pool.Size == board.Pool[i].Bytes));
    }

    /// <summary>Number of the console's interrupt, as the chips' manuals list them.</summary>
    private static int Interrupt(BoardInfo board) => board.Name switch
    {
        "rp2040" => 20, "rp2350" => 33, "stm32wb55" => 36, "stm32f407" => 38, "stm32f746" or "stm32h743" => 39, _ => 37,
    };

    [Theory]
    [InlineData("stm32f407")]
    [InlineData("stm32h743")]
    [InlineData("rp2040")]
    public void A_firmware_with_one_app_is_built_without_what_only_the_server_needs(string name)
    {
        if (!Real.Any(board => board.Name == name)) return;
        var (elf, _) = Build(BoardKit.Tree.Board(name), FirmwareOptions.Run);
        Assert.DoesNotContain(elf.Symbols(), symbol => symbol.Name is "wn_ring_put" or "wn_serial");
        Assert.Contains(elf.Symbols(), symbol => symbol.Name == "wn_main");
    }

    [Fact]
    public void RP2040_has_a_second_boot_stage_with_the_checksum_its_ROM_demands()
    {
        if (!Real.Any(board => board.Name == "rp2040")) return;
        byte[] stage = Build(BoardKit.Tree.Board("rp2040"), FirmwareOptions.Server).Flash.Bytes[..256];
        Assert.Equal(Mpeg2(stage.AsSpan(0, 252)), BitConverter.ToUInt32(stage, 252));
    }

    [Fact]
    public void RP2350_has_one_image_definition_within_what_its_ROM_searches()
    {
        if (!Real.Any(board => board.Name == "rp2350")) return;
        byte[] start = Build(BoardKit.Tree.Board("rp2350"), FirmwareOptions.Server).Flash.Bytes[..4096];
        uint[] block = [0xFFFFDED3, 0x10210142, 0x000001FF, 0, 0xAB123579];
        int at = start.AsSpan().IndexOf(BitConverter.GetBytes(block[0]));
        Assert.True(at > 0 && at % 4 == 0);
        Assert.Equal(block, Enumerable.Range(0, block.Length).Select(i => BitConverter.ToUInt32(start, at + 4 * i)));
        Assert.Equal(at, start.AsSpan().LastIndexOf(BitConverter.GetBytes(block[0])));
    }

    [Theory]
    [InlineData("rp2040")]
    [InlineData("rp2350")]
    public void What_runs_while_flash_is_written_lies_in_RAM(string name)
    {
        if (!Real.Any(board => board.Name == name)) return;
        BoardInfo board = BoardKit.Tree.Board(name);
        var (elf, _) = Build(board, FirmwareOptions.Server);
        Assert.All(new[] { "act", "wn_flash_resume" }, function =>
            Assert.True(IsIn(Area(board, "ram"), elf.Symbols().Single(symbol => symbol.Name == function).Address), function));
    }

    [Theory]
    [MemberData(nameof(Components))]
    public void The_project_for_another_system_compiles(string name)
    {
        BoardInfo board = BoardKit.Tree.Board(name);
        FirmwareBuild build = new(BoardKit.Tree, board, new() { Program = FirmwareOptions.Server });
        Component.Write(BoardKit.Tree, build, folder);
        string component = Path.Combine(folder, "components", "wamr_nano"),
            stubs = Path.GetFullPath(Repository.PathOf("Wamr.Nano.Tests/Slow/Boards/Idf"));
        string[] sources = [.. Directory.EnumerateFiles(component, "*.c").Select(Path.GetFileName)!];
        Assert.Equal(["firmware.c", "heap.c", "port.c", "server.c", "slots.c"], sources.Order(StringComparer.Ordinal));
        foreach (string source in sources)
        {
            string[] strict = source == "firmware.c" ? [] : ["-Wall", "-Wextra", "-Werror"];
            ExternalProgram.Run(board.Compiler.Program,
                [.. build.Flags, .. strict, "-I", stubs, "-I", component, "-c", source, "-o", source + ".o"], component);
        }
        ExternalProgram.Run(board.Compiler.Program,
            [.. build.Flags, "-I", component, "-c", "../../main/main.c", "-o", "main.o"], component);
        Assert.All(File.ReadLines(Path.Combine(component, "CMakeLists.txt")).Where(line => line.Contains("SRCS", StringComparison.Ordinal)),
            line => Assert.All(sources, source => Assert.Contains(source, line, StringComparison.Ordinal)));
        ElfFile[] objects = [.. sources.Select(source => new ElfFile(Path.Combine(component, source + ".o")))];
        Assert.DoesNotContain(Missing(objects), symbol => symbol.StartsWith("wn_", StringComparison.Ordinal));
        Slots(board, File.ReadAllLines(Path.Combine(folder, "partitions.csv")));
    }

    /// <summary>What the objects need and none of them has.</summary>
    private static IEnumerable<string> Missing(ElfFile[] objects)
    {
        const int nowhere = 0;
        HashSet<string> there =
            [.. objects.SelectMany(file => file.Symbols()).Where(symbol => symbol.Section != nowhere).Select(symbol => symbol.Name)];
        return objects.SelectMany(file => file.Symbols()).Where(symbol => symbol.Section == nowhere && !there.Contains(symbol.Name))
            .Select(symbol => symbol.Name);
    }

    private static void Slots(BoardInfo board, string[] partitions)
    {
        const uint page = 64 << 10;
        uint[] fields = [.. partitions[^1].Split(", ").TakeLast(2).Select(field => Convert.ToUInt32(field, 16))];
        Assert.StartsWith("wamr, 0x40, ", partitions[^1], StringComparison.Ordinal);
        Assert.Equal((board.Flash!.Slots[0].Offset, board.Flash.Slots.Sum(slot => slot.Bytes)), (fields[0], fields[1]));
        Assert.All(board.Flash.Slots, slot => Assert.True(slot.Offset % page == 0 && slot.Bytes % page == 0));
        uint[] factory = [.. partitions[^2].Split(", ").TakeLast(2).Select(field => Convert.ToUInt32(field, 16))];
        Assert.Equal(fields[0], factory[0] + factory[1]);
    }

    /// <summary>CRC-32/MPEG-2: highest bit first, all ones at the start, nothing at the end.</summary>
    private static uint Mpeg2(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= (uint)b << 24;
            for (int i = 0; i < 8; i++) crc = (crc & 0x80000000) != 0 ? crc << 1 ^ 0x04C11DB7 : crc << 1;
        }
        return crc;
    }
}
