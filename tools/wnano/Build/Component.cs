// SPDX-License-Identifier: MIT
// The firmware as a part of another system's project: the core as C, the port to that system, and a project that is nothing else.
using System.Globalization;
using System.IO;
using System.Linq;
using Wamr.Nano.Tool.Apps;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Flash;
using Wamr.Nano.Tool.Signing;

namespace Wamr.Nano.Tool.Build;

internal static class Component
{
    private const string Name = "wamr_nano";

    /// <summary>Writes the project of a board's system (boards/esp-idf/README.md says what its files are).</summary>
    /// <param name="tree">The sources.</param>
    /// <param name="build">The app server for that board.</param>
    /// <param name="folder">Files in it with the same names are written over.</param>
    internal static void Write(SourceTree tree, FirmwareBuild build, string folder)
    {
        string system = Path.Combine(tree.Boards, build.Board.Component!), component = Path.Combine(folder, "components", Name);
        Copy(Path.Combine(system, "project"), folder);
        Copy(Path.Combine(system, "component"), component);
        foreach (string header in (string[])["plan.h", "target.h"])
            File.Copy(Path.Combine(Path.GetDirectoryName(build.PlanHeader)!, header), Path.Combine(component, header), true);
        File.Copy(build.Translate(), Path.Combine(component, "firmware.c"), true);
        File.WriteAllText(Path.Combine(component, "slots.c"), "#include <stdint.h>\n" + FlashPlan.Source(build.Board) + OwnerKey.Source(build.Options.OwnerKey) + Settings(build));
        File.WriteAllText(Path.Combine(folder, "partitions.csv"), Partitions(build.Board.Flash!));
    }

    private static string Settings(FirmwareBuild build)
    {
        LoadSettings load = build.Board.Load;
        return $"const uint8_t wn_whole_pages = {(load.WholePages ? 1 : 0)}, wn_unchecked_c_stack = {(load.NoCStackCheck ? 1 : 0)}, "
            + $"wn_has_pool = {(build.Allocator == BoardInfo.PoolAllocator ? 1 : 0)};\n";
    }

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, true);
        }
    }

    /// <summary>The partition table of ESP-IDF: what lies before the slots is the firmware's.</summary>
    private static string Partitions(FlashLayout flash)
    {
        const uint firmware = 0x10000;
        uint first = flash.Slots[0].Offset, end = flash.Slots.Max(slot => slot.Offset + slot.Bytes);
        return string.Create(CultureInfo.InvariantCulture, $"""
            # name, type, subtype, offset, size
            nvs, data, nvs, 0x9000, 0x6000
            phy_init, data, phy, 0xf000, 0x1000
            factory, app, factory, 0x{firmware:x}, 0x{first - firmware:x}
            wamr, 0x40, 0x00, 0x{first:x}, 0x{end - first:x}

            """);
    }
}
