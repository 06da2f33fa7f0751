// SPDX-License-Identifier: MIT
// The real flash tools, as far as they go without a board: they take our command lines, and we understand that there is no board.
using System;
using System.Linq;
using System.Text.RegularExpressions;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Devices;
using Wamr.Nano.Tool.Flash;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Flash;

public class RealToolTests
{
    private const uint Origin = 0x08000000;

    /// <summary>The tools of Debian; the build server has them all.</summary>
    public static TheoryData<string> Installed => [.. new[] { "st-flash", "openocd", "dfu-util" }.Where(name => Shared.OnCi
        || ExternalProgram.Locate(name) != null).DefaultIfEmpty("")];

    [Theory]
    [MemberData(nameof(Installed))]
    public void Without_a_board_every_call_says_that_there_is_none(string program)
    {
        if (program.Length == 0 || HasProbe()) return;
        BoardInfo board = new SourceTree(Repository.PathOf("")).Board("stm32f407");
        ToolDriver driver =
            new(FlashTool.Find(program)!, board.FlasherArguments(program)!, board.Chip, Origin, null, ExternalProgram.Locate);
        foreach (Action call in new Action[] { () => driver.Probe(), () => driver.Read(0, 16),
            () => driver.Write(0, new byte[16], _ => { }) })
        {
            DeviceException none = Assert.Throws<DeviceException>(call);
            Assert.True(none.Error == DeviceError.NoBoard, none.Message);
        }
    }

    /// <summary>What is connected to a developer's machine is left alone.</summary>
    private static bool HasProbe() => OperatingSystem.IsLinux() && System.IO.Directory.Exists("/sys/bus/usb/devices")
        && System.IO.Directory.EnumerateFiles("/sys/bus/usb/devices", "idVendor",
            new System.IO.EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 })
            .Any(file => Regex.IsMatch(System.IO.File.ReadAllText(file), "0483|1366|0d28|2e8a"));

    /// <summary>How far a write is, in the words of the tools: by what the pattern finds last.</summary>
    [Theory]
    [InlineData("st-flash", "  3/12  pages written", "3/12")]
    [InlineData("dfu-util", "Erase   \t[=========================] 100%      114528 bytes", "")]
    [InlineData("dfu-util", "Download\t[=====                    ]  20%       22528 bytes", "20/")]
    [InlineData("esptool", "Writing at 0x00010000... (16 %)", "16/")]
    [InlineData("esptool", "Writing at 0x00010000 [====>                         ]  16.7% 16384/98304 bytes... ", "16/")]
    [InlineData("picotool", "Loading into Flash:   [===                           ]  11%", "11/")]
    [InlineData("picotool", "Verifying Flash:      [===                           ]  11%", "")]
    [InlineData("STM32_Programmer_CLI", "██████████████████████████████████████████████████ 100%", "100/")]
    public void Progress_of_each_tool_is_understood(string program, string line, string expected)
    {
        Match match = Regex.Match(line, FlashTool.Find(program)!.Progress!);
        Assert.Equal(expected, match.Success ? $"{match.Groups[1].Value}/{match.Groups[2].Value}" : "");
    }

    /// <summary>What they say of the chip that is there.</summary>
    [Theory]
    [InlineData("st-flash", "  chipid:     0x0413\n  descr:      F4xx", "0x0413")]
    [InlineData("openocd", "Info : device id = 0x10076413", "0x10076413")]
    [InlineData("openocd", "Info : device idcode = 0x10016415 (STM32L47/L48xx - Rev 3 : 0x1001)", "0x10016415")]
    [InlineData("openocd", "Info : Device: STM32H74x/75x", "STM32H74x/75x")]
    [InlineData("openocd", "Info : RP2040 B0 Flash Probe: 2097152 bytes @0x10000000, in 32 sectors", "RP2040")]
    [InlineData("esptool", "Chip is ESP32-D0WD (revision v1.0)", "ESP32-D0WD")]
    [InlineData("esptool", "Chip type:          ESP32-C3 (QFN32) (revision v0.3)", "ESP32-C3")]
    [InlineData("STM32_Programmer_CLI", "Device name : STM32F405xx/F407xx/F415xx/F417xx", "STM32F405xx/F407xx/F415xx/F417xx")]
    [InlineData("dfu-util", "Found DFU: [0483:df11] ver=2200, devnum=17, cfg=1, intf=0, path=\"1-2\", alt=0, name=\"@Internal Flash  "
        + "/0x08000000/04*016Kg\", serial=\"1\"", "/0x08000000/04*016Kg")]
    public void Chip_is_found_in_the_words_of_each_tool(string program, string words, string chip) =>
        Assert.Equal(chip, Regex.Match(words, FlashTool.Find(program)!.Chip).Groups.Values.Skip(1).First(group => group.Success).Value);
}
