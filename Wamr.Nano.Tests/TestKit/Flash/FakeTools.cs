// SPDX-License-Identifier: MIT
// Stand-ins for the flash tools: small scripts that take exactly the command lines the real ones take, say what those say, and keep flash
// in a file. Words and exit codes without a board are those of st-flash 1.7.0, openocd 0.12.0 and dfu-util 0.11 (RealToolTests); the others
// are after their documentation: esptool 5, picotool 2, STM32CubeProgrammer 2, pyocd 0.36.
using System;
using System.Collections.Generic;
using System.IO;
using Wamr.Nano.Tool.Flash;

namespace Wamr.Nano.Tests.TestKit.Flash;

/// <summary>What a fake is to do.</summary>
public enum FakeMood
{
    Well,

    /// <summary>No board is connected.</summary>
    Absent,

    /// <summary>Another chip is there.</summary>
    OtherChip,

    /// <summary>The cable is pulled in the middle of a write.</summary>
    Pulled,

    /// <summary>It says that it wrote, and did not.</summary>
    Liar,
}

/// <summary>A folder with the fakes of all tools, and the flash they write.</summary>
internal sealed class FakeTools : IDisposable
{
    private const string Head = """
        #!/bin/sh
        flash='FOLDER/flash.bin'
        mood=$(cat 'FOLDER/mood')
        origin=ORIGIN
        absent() { echo "$1" >&2; exit 1; }
        put() {
            size=$(wc -c < "$1")
            [ "$mood" = Liar ] && return
            [ "$mood" = Pulled ] && size=$((size / 2))
            dd if="$1" of="$flash" bs=1 seek=$(($2 - origin)) count=$size conv=notrunc 2>/dev/null
            [ "$mood" = Pulled ] && { echo "lost the connection" >&2; exit 1; }
        }
        get() { dd if="$flash" of="$1" bs=1 skip=$(($2 - origin)) count="$3" 2>/dev/null; }
        start() { echo started >> 'FOLDER/started'; }
        usage() { echo "usage: $0 does not know: $*" >&2; exit 64; }

        """;

    private static readonly Dictionary<string, string> Scripts = new()
    {
        ["st-info"] = """
            [ "$*" = --probe ] || usage "$@"
            [ "$mood" = Absent ] && { echo "Found 0 stlink programmers"; exit 0; }
            [ "$mood" = OtherChip ] && id=0x0410 || id=0x0413
            printf 'Found 1 stlink programmers\n  version:    V2J37S7\n  serial:     303030303030\n'
            printf '  flash:      1048576 (pagesize: 16384)\n  sram:       196608\n  chipid:     %s\n  descr:      F4xx\n' $id
            """,
        ["st-flash"] = """
            [ "$mood" = Absent ] && { echo "2026-11-20T12:00:00 WARN usb.c: Couldn't find any ST-Link devices" >&2; exit 255; }
            case "$1 $2" in
            "reset ") start ;;
            "write "*) [ $# = 3 ] || usage "$@"
                printf '\r  1/2 pages written' >&2; put "$2" "$3"; printf '\r  2/2 pages written\nJolly good!\n' >&2 ;;
            "read "*) [ $# = 4 ] || usage "$@"; get "$2" "$3" "$4" ;;
            *) usage "$@" ;;
            esac
            """,
        ["openocd"] = """
            [ "$mood" = Absent ] && absent "Error: open failed"
            [ "$1 $2" = "-c init" ] || usage "$@"
            for command; do
                set -- $command
                case "$command" in
                "flash probe 0") [ "$mood" = OtherChip ] && id=0x20036410 || id=0x10076413; echo "Info : device id = $id" >&2 ;;
                "flash write_image erase "*) [ "$6" = bin ] || usage "$command"; put "$4" "$5"; echo "wrote bytes" >&2 ;;
                "dump_image "*) get "$2" "$3" "$4" ;;
                "reset run") start ;;
                esac
            done
            """,
        ["STM32_Programmer_CLI"] = """
            [ "$mood" = Absent ] && absent "Error: No debug probe detected."
            [ "$1 $2" = "-c port=SWD" ] || usage "$@"
            [ "$mood" = OtherChip ] && echo 'Device name : STM32L47x' || echo 'Device name : STM32F405xx/F407xx/F415xx/F417xx'
            case "$3" in
            "") ;;
            -rst) start ;;
            -w) [ $# = 5 ] || usage "$@"; printf '[=====     ]  50%%\r'; put "$4" "$5"; echo '[==========] 100%' ;;
            -u) get "$6" "$4" "$5" ;;
            *) usage "$@" ;;
            esac
            """,
        ["dfu-util"] = """
            echo 'dfu-util 0.11'
            [ "$mood $1" = "Absent -l" ] && exit 0
            [ "$mood" = Absent ] && { echo "dfu-util: No DFU capable USB device available" >&2; exit 74; }
            [ "$mood" = OtherChip ] && map=128*0002Kg || map=04*016Kg,01*064Kg,07*128Kg
            case "$1" in
            -l) name="@Internal Flash  /0x08000000/$map"
                echo "Found DFU: [0483:df11] ver=2200, devnum=9, cfg=1, intf=0, path=\"1-1\", alt=0, name=\"$name\", serial=\"1\"" ;;
            -a) [ "$2 $3" = "0 -s" ] || usage "$@"
                case "$5" in
                -D) echo 'Erase   	[=========================] 100%         1000 bytes'
                    printf 'Download\t[============             ]  50%%          500 bytes\r'
                    put "$6" "$4"; echo 'Download	[==========] 100%' ;;
                -U) [ -e "$6" ] && absent "file exists"; get "$6" "${4%:*}" "${4#*:}" ;;
                *) usage "$@" ;;
                esac ;;
            *) usage "$@" ;;
            esac
            """,
        ["esptool"] = """
            origin=0
            [ "$1 $2" = "--port /dev/fake" ] || usage "$@"
            [ "$mood" = Absent ] && absent "A fatal error occurred: Could not open /dev/fake, the port is busy or doesn't exist."
            case "$3" in
            chip_id) [ "$mood" = OtherChip ] && chip=ESP32-H2 || chip=ESP32-C3; echo "Chip type:          $chip (QFN32) (revision v0.3)" ;;
            write_flash) echo 'Writing at 0x00010000 [==============>               ]  50.0% 8192/16384 bytes... '
                put "$5" "$4"; echo 'Writing at 0x00014000 [==============================] 100.0% 16384/16384 bytes... ' ;;
            read_flash) get "$6" "$4" "$5" ;;
            *) usage "$@" ;;
            esac
            """,
        ["picotool"] = """
            [ "$mood" = Absent ] && { echo "No accessible RP-series devices in BOOTSEL mode were found."; exit 249; }
            case "$1" in
            info) [ "$2" = -d ] || usage "$@"
                [ "$mood" = OtherChip ] && chip=RP2350 || chip=RP2040; printf 'Device Information\n type:  %s\n' $chip ;;
            load) [ "$2 $4 $5 $6" = "-v -t bin -o" ] || usage "$@"
                echo 'Loading into Flash: [=====     ]  50%'; put "$3" "$7"
                printf 'Loading into Flash: [==========]  100%%\nVerifying Flash:    [==========]  100%%\n  OK\n' ;;
            reboot) [ $# = 1 ] || usage "$@"; start ;;
            save) [ "$2 $6 $7" = "-r -t bin" ] || usage "$@"; get "$5" "$3" $(($4 - $3)) ;;
            *) usage "$@" ;;
            esac
            """,
        ["pyocd"] = """
            [ "$mood" = Absent ] && absent "No available debug probes are connected"
            case "$1" in
            list) [ "$mood" = OtherChip ] && chip=nucleo || chip="BBC micro:bit"
                printf '  #   Probe/Board     Unique ID\n---------\n  0   %s   9900\n' "$chip" ;;
            flash) [ "$2" = -a ] || usage "$@"; printf '[=====     ] 50%%\r'; put "$4" "$3"; echo '[==========] 100%' ;;
            reset) [ $# = 1 ] || usage "$@"; start ;;
            cmd) [ "$2" = -c ] || usage "$@"; set -- $3; [ "$1" = savemem ] || usage "$@"; get "$4" "$2" "$3" ;;
            *) usage "$@" ;;
            esac
            """,
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("tools-").FullName;
    private readonly FlashLayout _layout;

    internal FakeTools(FlashLayout layout)
    {
        _layout = layout;
        foreach (var (name, body) in Scripts)
        {
            string file = Path.Combine(_folder, name);
            string head = Head.Replace("FOLDER", _folder, StringComparison.Ordinal)
                .Replace("ORIGIN", FormattableString.Invariant($"{layout.Origin}"), StringComparison.Ordinal);
            System.IO.File.WriteAllText(file, head + body + "\n");
            if (!OperatingSystem.IsWindows())
                System.IO.File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        Mood = FakeMood.Well;
        File = new EmulatedFlash(Path.Combine(_folder, "flash.bin"), layout);
        File.Probe();
    }

    /// <summary>The chip each tool calls the board by, as a board.json would.</summary>
    internal static IReadOnlyDictionary<string, string> Chips { get; } = new Dictionary<string, string>
    {
        ["st-flash"] = "0x[0-9a-f]*413", ["openocd"] = "413$", ["STM32_Programmer_CLI"] = "STM32F405", ["dfu-util"] = "04\\*016Kg",
        ["esptool"] = "^ESP32-C3$",
        ["picotool"] = "RP2040", ["pyocd"] = "micro:bit",
    };

    /// <summary>The same flash, looked at without a tool.</summary>
    internal EmulatedFlash File { get; }

    /// <summary>How often the board was let run.</summary>
    internal int Starts =>
        System.IO.File.Exists(Path.Combine(_folder, "started")) ? System.IO.File.ReadAllLines(Path.Combine(_folder, "started")).Length : 0;

    internal FakeMood Mood
    {
        set => System.IO.File.WriteAllText(Path.Combine(_folder, "mood"), value.ToString());
    }

    internal ToolDriver Driver(string program) => new(
        FlashTool.Find(program)!, [], Chips[program], _layout.Origin, "/dev/fake", name =>
            System.IO.File.Exists(Path.Combine(_folder, name)) ? Path.Combine(_folder, name) : null);

    /// <summary>Runs wnano where these are the tools that are installed.</summary>
    internal ProcessResult Wnano(string[] arguments) => TestKit.Wnano.Start(
        "env", [$"PATH={_folder}:{Environment.GetEnvironmentVariable("PATH")}", "dotnet",
            Path.Combine(AppContext.BaseDirectory, "wnano.dll"), .. arguments]);

    public void Dispose() => Directory.Delete(_folder, true);
}
