// SPDX-License-Identifier: MIT
// Objects and an app to a firmware: an ELF file for debuggers and emulators.
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Errors;
using Wamr.Nano.Tool.Flash;
using Wamr.Nano.Tool.Printing;
using Wamr.Nano.Tool.Signing;

namespace Wamr.Nano.Tool.Build;

internal static partial class FirmwareLink
{
    /// <summary>Links an app into the firmware.</summary>
    /// <returns>Name of the ELF file.</returns>
    internal static string Link(FirmwareBuild build, AppPlan plan)
    {
        IReadOnlyList<string> objects = build.Objects();
        BoardInfo board = build.Board;
        string compiler = ExternalProgram.Require(build.Compiler, board.Compiler.Package);
        string source = plan.Source(board, build.PlanHeader) + FlashPlan.Source(board) + OwnerKey.Source(build.Options.OwnerKey);
        string folder = Path.Combine(build.ObjectFolder, "app-" + Stage.ShortKey([source]));
        return Stage.Alone(folder, () =>
        {
            string elf = Path.Combine(folder, "firmware.elf"), script = Path.Combine(folder, "link.ld"),
                file = Path.Combine(folder, "plan.c");
            string template = board.IsFreestanding ? Script(File.ReadAllText(build.LinkerTemplate), board, plan.PoolOf(board)) : "";
            Stage.Make(elf, Stage.Key([source, template], [.. objects, plan.ModuleFile]), () =>
            {
                File.WriteAllText(file, source);
                File.WriteAllText(script, template);
                string app = Path.Combine(folder, "plan.o");
                ExternalProgram.Run(compiler, [.. build.Flags, "-c", file, "-o", app], folder);
                string[] how = board.IsFreestanding
                    ? ["-nostdlib", "-static", "-T", script, "-Wl,--gc-sections", "-Wl,-Map," + Path.Combine(folder, "firmware.map")]
                    : ["-Wl,--gc-sections"];
                string[] library = !board.IsFreestanding ? ["-lm"]
                    : build.Allocator == BoardInfo.HeapAllocator ? ["-lc", "-lgcc"]
                    : ["-lgcc"];
                try
                {
                    ExternalProgram.Run(compiler, [.. build.Flags, .. how, .. objects, app, .. library, "-o", elf], folder);
                }
                catch (ProgramFailedException e) when (TooLarge().Match(e.Message) is { Success: true } match)
                {
                    throw new ToolException(ToolError.BoardTooSmall, TooLarge(build, plan, match.Groups[1].Value, match.Groups[2].Value));
                }
            });
            return elf;
        });
    }

    /// <summary>The message if the linker found a memory too small.</summary>
    private static string TooLarge(FirmwareBuild build, AppPlan plan, string area, string over)
    {
        uint length = build.Board.Memory.First(one => one.Name == area).Length;
        string parts = area == "flash"
            ? $"the app's {Bytes.Text((ulong)new FileInfo(plan.ModuleFile).Length)} B and the firmware of profile '{build.Options.Profile}'"
            : $"a pool of {string.Join(" + ", plan.PoolOf(build.Board).Select(part => Bytes.Text(part.Bytes)))} B and a native stack of "
            + $"{Bytes.Text(plan.NativeStackBytes == 0 ? build.Board.StackBytes : plan.NativeStackBytes)} B";
        return $"{parts} do not fit the {Bytes.Text(length)} B of {area} of board '{build.Board.Name}', {over} B are missing";
    }

    [GeneratedRegex(@"region `(\w+)' overflowed by (\d+) bytes")]
    private static partial Regex TooLarge();

    /// <summary>The linker script of a board: regions, and a section for each part of the pool. The first part is always in RAM.</summary>
    private static string Script(string template, BoardInfo board, IReadOnlyList<PoolPart> pool)
    {
        var regions = board.Memory.Select(area => string.Create(CultureInfo.InvariantCulture,
            $"    {area.Name} : ORIGIN = 0x{area.Origin:X8}, LENGTH = 0x{area.Length:X}"));
        var pools = pool.Select((part, i) => $"    .pool{i} (NOLOAD) : {{ *(.bss.pool{i}) . = ALIGN(8); }} > {part.Area}");
        return template.Replace("@regions@", string.Join('\n', regions)).Replace("@pools@", string.Join('\n', pools) + "\n");
    }
}
