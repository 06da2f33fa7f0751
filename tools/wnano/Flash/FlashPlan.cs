// SPDX-License-Identifier: MIT
// A board's flash as a C file for the app server's firmware (boards/common/FlashPlan.cs has the same fields in the same order).
using System.Globalization;
using System.Linq;
using System.Text;
using Wamr.Nano.Tool.Boards;

namespace Wamr.Nano.Tool.Flash;

internal static class FlashPlan
{
    /// <summary>Empty for a board without slots. Linkers leave it out if there is no app server.</summary>
    internal static string Source(BoardInfo board)
    {
        if (board.Flash is not { Slots.Count: > 0 } flash) return "";
        StringBuilder c = new("\n");
        c.AppendLine("""
            struct wn_flash {
                const uint32_t *runs, *slots; const char *board;
                uint32_t run_count, slot_count, board_length, write_unit, origin;
            };
            """);
        c.AppendLine(CultureInfo.InvariantCulture,
            $"static const uint32_t flash_runs[] = {{{string.Join(", ", flash.Runs.Select(run => $"{run.Count}, {run.UnitBytes}"))}}};");
        c.AppendLine(CultureInfo.InvariantCulture,
            $"static const uint32_t flash_slots[] = {{{string.Join(", ", flash.Slots.Select(slot => $"{slot.Offset}, {slot.Bytes}"))}}};");
        c.AppendLine("const struct wn_flash *wn_flash(void);");
        c.AppendLine(CultureInfo.InvariantCulture, $$"""
            const struct wn_flash *wn_flash(void)
            {
                static const struct wn_flash flash = {flash_runs, flash_slots, "{{board.Name}}", {{flash.Runs.Count}},
                    {{flash.Slots.Count}}, {{board.Name.Length}}, {{flash.WriteUnit}}, {{flash.Origin}}};
                return &flash;
            }
            """);
        return c.ToString();
    }
}
