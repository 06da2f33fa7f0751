// SPDX-License-Identifier: MIT
// wnano flash: what is refused before anything is erased, what is written, and what is left after a cable was pulled.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Flash;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Devices;
using Wamr.Nano.Tool.Flash;
using Xunit;

namespace Wamr.Nano.Tests.Flash;

public sealed class FlasherTests : IDisposable
{
    private const uint Origin = 0x08000000;
    private const ushort Arm = 40;

    private static readonly FlashLayout Layout = new(
        Origin, 8, FlashLayout.ParseRuns(["4x1K", "3x4K"]), [new(0x1000, 0x1000), new(0x2000, 0x1000), new(0x3000, 0x1000)]);

    private readonly FakeTools tools = new(Layout);
    private readonly List<string> steps = [];
    private readonly List<long> progress = [];

    public static TheoryData<string> Tools => [.. FlashTool.All.Select(tool => tool.Program)];

    public void Dispose() => tools.Dispose();

    private Flasher With(IFlashDriver driver) => new(Layout, driver) { Step = steps.Add, Progress = progress.Add };

    private byte[] Contents => tools.File.Read(0, (int)Layout.Bytes);

    private (string Name, int Slot)? Boot()
    {
        using DriverFlash flash = new(Layout, tools.File);
        return flash.Boot();
    }

    [Theory]
    [MemberData(nameof(Tools))]
    public void Each_tool_writes_an_app_and_its_update_and_reads_them_back(string program)
    {
        byte[] image = SlotBoard.Image(1, 1001);
        FlashResult first = With(tools.Driver(program)).App("blink", image, true, null);
        Assert.Equal((0, Origin + 0x1000, 1072), (first.Slot, first.Address, first.Bytes));
        Assert.Matches(FakeTools.Chips[program], first.Chip);
        Assert.Equal(image, Contents[0x1040..(0x1040 + 1001)]);
        Assert.Equal(1, With(tools.Driver(program)).App("blink", SlotBoard.Image(2, 500), true, null).Slot);
        Assert.Equal(("blink", 1), Boot());
        Assert.Equal(image, Contents[0x1040..(0x1040 + 1001)]);
        Assert.Contains("blink in slot 0 stays", steps[^2], StringComparison.Ordinal);
        Assert.Equal(568, progress[^1]);
        Assert.Equal(FlashTool.Find(program)!.Start == null ? 0 : 2, tools.Starts);
        if (program != "openocd") Assert.Contains(284, progress);
    }

    [Theory]
    [MemberData(nameof(Tools))]
    public void Without_a_board_and_with_another_chip_nothing_is_written(string program)
    {
        byte[] before = Contents;
        tools.Mood = FakeMood.Absent;
        Assert.Equal(DeviceError.NoBoard, Refusal(() => With(tools.Driver(program)).App("a", SlotBoard.Image(1, 100), true, null)));
        tools.Mood = FakeMood.OtherChip;
        Assert.Equal(DeviceError.WrongChip, Refusal(() => With(tools.Driver(program)).App("a", SlotBoard.Image(1, 100), true, null)));
        Assert.Equal(before, Contents);
    }

    [Theory]
    [MemberData(nameof(Tools))]
    public void After_a_pulled_cable_the_app_before_is_started_and_flashing_again_works(string program)
    {
        With(tools.Driver(program)).App("a", SlotBoard.Image(1, 300), true, null);
        tools.Mood = FakeMood.Pulled;
        DeviceException pulled =
            Assert.Throws<DeviceException>(() => With(tools.Driver(program)).App("a", SlotBoard.Image(2, 300), true, null));
        Assert.Equal(DeviceError.DriverFailed, pulled.Error);
        Assert.Contains("lost the connection", pulled.Message, StringComparison.Ordinal);
        Assert.Equal(("a", 0), Boot());
        tools.Mood = FakeMood.Well;
        Assert.Equal(1, With(tools.Driver(program)).App("a", SlotBoard.Image(2, 300), true, null).Slot);
        Assert.Equal(("a", 1), Boot());
    }

    [Theory]
    [MemberData(nameof(Tools))]
    public void What_a_tool_claims_to_have_written_is_read_back(string program)
    {
        tools.Mood = FakeMood.Liar;
        DeviceException wrong =
            Assert.Throws<DeviceException>(() => With(tools.Driver(program)).App("a", SlotBoard.Image(1, 100), true, null));
        Assert.Equal(DeviceError.VerifyFailed, wrong.Error);
        Assert.Contains("0x08001000 reads 0xff, not 0x57", wrong.Message, StringComparison.Ordinal);
        Assert.Equal(0, tools.Starts);
    }

    [Fact]
    public void A_tool_that_is_not_installed_is_named_with_its_package()
    {
        ToolDriver driver = new(FlashTool.Find("st-flash")!, [], null, Origin, null, _ => null);
        DeviceException missing = Assert.Throws<DeviceException>(() => With(driver).App("a", SlotBoard.Image(1, 100), true, null));
        Assert.StartsWith("WN8311 st-info is not installed ('sudo apt install stlink-tools'", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_app_that_does_not_fit_is_refused_before_the_board_is_asked()
    {
        tools.Mood = FakeMood.Absent;
        byte[] image = SlotBoard.Image(1, 0x1000 - 63);
        DeviceException large = Assert.Throws<DeviceException>(() => With(tools.Driver("st-flash")).App("a", image, true, null));
        Assert.StartsWith("WN8315 the image has 4,033 B, the largest slot room for 4,032 B", large.Message, StringComparison.Ordinal);
        Assert.Equal(DeviceError.SlotNeeded, Refusal(() => With(tools.File).App("a", [1], true, 3)));
        FlashLayout none = Layout with { Slots = [] };
        Assert.Equal(DeviceError.NoSlot, Refusal(() => new Flasher(none, tools.File).App("a", [1], true, null)));
    }

    [Fact]
    public void A_slot_that_holds_the_newest_version_of_an_app_is_refused()
    {
        foreach (string name in new[] { "a", "b", "c" }) With(tools.File).App(name, SlotBoard.Image(1, 100), true, null);
        byte[] before = Contents;
        Assert.Equal(DeviceError.SlotNeeded, Refusal(() => With(tools.File).App("d", SlotBoard.Image(1, 100), true, null)));
        Assert.Equal(DeviceError.SlotNeeded, Refusal(() => With(tools.File).App("a", SlotBoard.Image(2, 100), true, 1)));
        Assert.Equal(before, Contents);
    }

    [Fact]
    public void Wherever_the_cable_is_pulled_the_emulated_board_starts_the_app_before()
    {
        With(tools.File).App("a", SlotBoard.Image(1, 300), true, null);
        byte[] before = Contents;
        for (int after = 0; after < 64 + 300; after += 3)
        {
            EmulatedFlash pulled = new(tools.File.Probe(), Layout) { PullAfter = after };
            Assert.Equal(DeviceError.Interrupted, Refusal(() => With(pulled).App("a", SlotBoard.Image(2, 300), true, null)));
            Assert.Equal(("a", 0), Boot());
        }
        Assert.Equal(before[..0x2000], Contents[..0x2000]);
    }

    [Fact]
    public void A_flash_file_of_another_size_is_not_touched()
    {
        FlashLayout larger = Layout with { Runs = FlashLayout.ParseRuns(["8x1K", "3x4K"]) };
        EmulatedFlash file = new(tools.File.Probe(), larger);
        Assert.Equal(DeviceError.DamagedFlash, Refusal(() => new Flasher(larger, file).App("a", [1], true, null)));
    }

    [Fact]
    public void A_firmware_goes_where_it_was_linked_and_never_into_the_slots()
    {
        FirmwareImage firmware =
            FirmwareImage.Read(Elf(Arm, (Origin, SlotBoard.Image(1, 100)), (Origin + 0x80, SlotBoard.Image(2, 5))), "f.elf");
        Assert.Equal((Origin, 0x85), (firmware.Address, firmware.Bytes.Length));
        FlashResult result = With(tools.Driver("st-flash")).Firmware(firmware, Arm);
        Assert.Equal((null, Origin, 0x88), (result.Slot, result.Address, result.Bytes));
        Assert.Equal([.. SlotBoard.Image(1, 100), .. Enumerable.Repeat((byte)0xFF, 28), .. SlotBoard.Image(2, 5), 0xFF], Contents[..0x86]);
        Assert.Equal(DeviceError.WrongImage, Refusal(() => With(tools.File).Firmware(firmware, 243)));
        FirmwareImage large = firmware with { Bytes = new byte[0x1001] };
        Assert.Equal(DeviceError.TooLarge, Refusal(() => With(tools.File).Firmware(large, Arm)));
        Assert.Equal(DeviceError.TooLarge, Refusal(() => With(tools.File).Firmware(firmware with { Address = Origin - 8 }, Arm)));
    }

    /// <summary>What tools call chips, and the boards that are taken for such a one.</summary>
    [Theory]
    [InlineData("0x0413", "stm32f405rg stm32f407")]
    [InlineData("0x0419", "stm32f429")]
    [InlineData("0x0449", "stm32f746")]
    [InlineData("0x0451", "stm32f769")]
    [InlineData("0x0450", "stm32h743")]
    [InlineData("0x0415", "stm32l475")]
    [InlineData("0x0495", "stm32wb55")]
    [InlineData("STM32F4x5_F4x7", "stm32f405rg stm32f407")]
    [InlineData("STM32F405xx/F407xx/F415xx/F417xx", "stm32f405rg stm32f407")]
    [InlineData("0x10076413", "stm32f405rg stm32f407")]
    [InlineData("/0x08000000/04*016Kg,01*064Kg,07*128Kg", "stm32f405rg stm32f407")]
    [InlineData("/0x08000000/04*016Kg,01*064Kg,07*128Kg,04*016Kg,01*064Kg,07*128Kg", "stm32f429")]
    [InlineData("STM32F42x_F43x", "stm32f429")]
    [InlineData("STM32F74x_F75x", "stm32f746")]
    [InlineData("STM32F76x_F77x", "stm32f769")]
    [InlineData("/0x08000000/04*032Kg,01*128Kg,07*256Kg", "stm32f769")]
    [InlineData("STM32H74x_H75x", "stm32h743")]
    [InlineData("STM32H7xx", "stm32h743")]
    [InlineData("STM32L47x_L48x", "stm32l475")]
    [InlineData("STM32WB5x/35xx", "stm32wb55")]
    [InlineData("STM32F1xx_VL", "")]
    [InlineData("RP2040", "rp2040")]
    [InlineData("RP2350", "rp2350")]
    [InlineData("ESP32", "esp32")]
    [InlineData("ESP32-D0WD-V3", "esp32")]
    [InlineData("ESP32-C3", "esp32c3")]
    [InlineData("ESP32-C6", "esp32c6")]
    [InlineData("ESP32-H2", "esp32h2")]
    [InlineData("ESP32-S2", "esp32s2")]
    [InlineData("ESP32-C6FH4", "esp32c6")]
    [InlineData("ESP32-S2FNR2", "esp32s2")]
    [InlineData("ESP32-S3", "esp32s3")]
    public void A_chip_is_taken_for_its_own_boards_alone(string chip, string boards)
    {
        IEnumerable<BoardInfo> there = new SourceTree(Repository.PathOf("")).AllBoards()
            .Where(board => !board.RunsHere && Regex.IsMatch(chip, board.Chip!));
        Assert.Equal(boards, string.Join(' ', there.Select(board => board.Name)));
    }

    [Fact]
    public void Damaged_ELF_files_are_refused()
    {
        byte[] elf = Elf(Arm, (Origin, SlotBoard.Image(1, 100)));
        for (int size = 0; size < elf.Length; size++)
            Assert.Equal(DeviceError.NotFlashable, Refusal(() => FirmwareImage.Read(elf[..size], "f.elf")));
        byte[] text = Encoding.UTF8.GetBytes("#!/bin/sh, and more text than the header of an ELF file has bytes");
        Assert.Equal(DeviceError.NotFlashable, Refusal(() => FirmwareImage.Read(text, "f.sh")));
        Assert.Equal(DeviceError.NotFlashable, Refusal(() => AppImage.Require(text, "f.sh")));
    }

    [Theory]
    [InlineData("4x")]
    [InlineData("x16K")]
    [InlineData("16K")]
    [InlineData("4x16Q")]
    public void Sectors_are_written_as_number_times_size(string text) =>
        Assert.Throws<FormatException>(() => FlashLayout.ParseRuns([text]));

    private static DeviceError Refusal(Action action) => Assert.Throws<DeviceException>(action).Error;

    /// <summary>A 32-bit ELF file with these segments.</summary>
    internal static byte[] Elf(ushort machine, params (uint Address, byte[] Bytes)[] segments)
    {
        const int header = 52, entry = 32;
        List<byte> file =
            [0x7F, (byte)'E', (byte)'L', (byte)'F', 1, 1, 1, .. new byte[9], 2, 0, .. BitConverter.GetBytes(machine), .. new byte[8]];
        file.AddRange([.. BitConverter.GetBytes(header), .. new byte[10], entry, 0, (byte)segments.Length, 0, .. new byte[6]]);
        int at = header + entry * segments.Length;
        foreach (var (address, bytes) in segments)
        {
            foreach (uint word in new[] { 1u, (uint)at, address, address, (uint)bytes.Length, (uint)bytes.Length, 5u, 4u })
                file.AddRange(BitConverter.GetBytes(word));
            at += bytes.Length;
        }
        return [.. file, .. segments.SelectMany(segment => segment.Bytes)];
    }
}
