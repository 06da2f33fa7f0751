// SPDX-License-Identifier: MIT
// The command lines of the tools people have. One row a tool.
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.Tool.Flash;

/// <param name="Program">The program that reads and writes, as board.json names it.</param>
/// <param name="Package">
/// What installs it: a Debian package, or another way that <see cref="Doctor.Requirement.HowTo(string)"/> knows.
/// </param>
/// <param name="Probe">Program and arguments that print which chip is connected.</param>
/// <param name="Chip">Pattern of the answer; its group is the chip.</param>
/// <param name="NoBoard">Pattern of the output if nothing is connected.</param>
/// <param name="Write">Arguments that erase and write a file at an address.</param>
/// <param name="Read">Arguments that read a part of flash into a file.</param>
/// <param name="Progress">
/// Pattern of progress: a group with a percentage, or two groups, done and all; null if the tool reports none.
/// </param>
/// <param name="Start">
/// Arguments that let the board run what was written; null if only its reset button does, or the tool does it unasked.
/// </param>
internal sealed record FlashTool(
    string Program, string Package, string[] Probe, string Chip, string NoBoard, string[] Write, string[] Read, string? Progress,
    string[]? Start)
{
    /// <summary>
    /// Replaced in arguments: {file}, {port}; {address} of the first and {end} behind the last byte, {offset} of the first from the start
    /// of flash, {size}; and {options}, an argument of its own, by the board's.
    /// </summary>
    internal static IReadOnlyList<FlashTool> All { get; } =
    [
        new(
            "st-flash", "stlink-tools", ["st-info", "--probe"], @"chipid:\s*(0x[0-9a-fA-F]+)", "Found 0 stlink|Couldn't find any ST-Link",
            ["{options}", "write", "{file}", "{address}"], ["{options}", "read", "{file}", "{address}", "{size}"],
            @"(\d+)/(\d+)\s+pages? written", ["{options}", "reset"]),
        new(
            "openocd", "openocd", ["openocd", "{options}", "-c", "init", "-c", "reset halt", "-c", "flash probe 0", "-c", "shutdown"],
            @"device id(?:code)? = (0x[0-9a-fA-F]+)|Device: (STM32\S+)|(RP2\d+) .*Flash Probe|(nRF5\w+)",
            "open failed|unable to (?:open|find)|no device found|No .*(?:adapter|probe|device).* found",
            ["{options}", "-c", "init", "-c", "reset halt", "-c", "flash write_image erase {file} {address} bin", "-c", "shutdown"],
            ["{options}", "-c", "init", "-c", "halt", "-c", "dump_image {file} {address} {size}", "-c", "shutdown"], null,
            ["{options}", "-c", "init", "-c", "reset run", "-c", "shutdown"]),
        new(
            "STM32_Programmer_CLI", "https://www.st.com/en/development-tools/stm32cubeprog.html",
            ["STM32_Programmer_CLI", "{options}", "-c", "port=SWD"], @"Device name\s*:\s*(\S+)",
            "No debug probe detected|No STM32 target found", ["{options}", "-c", "port=SWD", "-w", "{file}", "{address}"],
            ["{options}", "-c", "port=SWD", "-u", "{address}", "{size}", "{file}"], @"(\d+)%", ["{options}", "-c", "port=SWD", "-rst"]),
        new(
            "dfu-util", "dfu-util", ["dfu-util", "{options}", "-l"], @"Found DFU:.*name=""@Internal Flash\s*(/[^""]+)""",
            "No DFU capable USB device",
            ["{options}", "-a", "0", "-s", "{address}", "-D", "{file}"], ["{options}", "-a", "0", "-s", "{address}:{size}", "-U", "{file}"],
            @"Download\s*\[[= ]*\]\s*(\d+)%", null),
        new(
            "esptool", "pip install esptool", ["esptool", "{options}", "--port", "{port}", "chip_id"], @"Chip (?:is|type:)\s*(\S+)",
            "[Cc]ould not open|Failed to connect",
            ["{options}", "--port", "{port}", "write_flash", "{offset}", "{file}"],
            ["{options}", "--port", "{port}", "read_flash", "{offset}", "{size}", "{file}"], @"(?:\(|\]\s*)(\d+)(?:\.\d)? ?%", null),
        new(
            "picotool", "https://github.com/raspberrypi/picotool", ["picotool", "info", "{options}", "-d"], @"type:\s*(RP\w+)",
            "No accessible RP",
            ["load", "{options}", "-v", "{file}", "-t", "bin", "-o", "{address}"],
            ["save", "{options}", "-r", "{address}", "{end}", "{file}", "-t", "bin"], @"Loading into Flash:\s*\[[= ]*\]\s*(\d+)%",
            ["reboot", "{options}"]),
        new(
            "pyocd", "pip install pyocd", ["pyocd", "list"], @"(?m)^\s*0\s+(.+?)\s*$", "No available debug probes",
            ["flash", "{options}", "-a", "{address}", "{file}"], ["cmd", "{options}", "-c", "savemem {address} {size} {file}"], @"(\d+)%",
            ["reset", "{options}"]),
    ];

    /// <summary>Whether it names the chip, and not only the probe.</summary>
    internal bool KnowsChip => Program != "pyocd";

    internal static FlashTool? Find(string program) => All.FirstOrDefault(tool => tool.Program == program);
}
