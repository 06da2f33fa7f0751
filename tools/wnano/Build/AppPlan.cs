// SPDX-License-Identifier: MIT
// The plan of a firmware's run, written as a C file that is linked in (boards/common/plan.h).
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Wamr.Nano.Tool.Apps;
using Wamr.Nano.Tool.Boards;

namespace Wamr.Nano.Tool.Build;

/// <summary>What to do with the module. Values above 15 are for the lab only (boards/common/lab/Lab.cs).</summary>
internal enum PlanMode : uint
{
    Run = 0,
    RunAndCount = 1,
    Measure = 16,
    StackSweep = 17,
    Fault = 18,
    Spec = 19,
    Allocator = 20,
}

internal sealed record AppPlan
{
    /// <summary>The alignment of a module in flash, which is enough for images for any machine.</summary>
    private const int ModuleAlignment = 64;

    /// <summary>The module's file; its bytes go to flash as they are, and may be run there.</summary>
    internal required string ModuleFile { get; init; }

    /// <summary>The exported function to call, and its arguments in 32-bit slots.</summary>
    internal string Export { get; init; } = "_start";

    internal IReadOnlyList<uint> Slots { get; init; } = [];

    /// <summary>Arguments (the program's name first) and environment of a WASI program.</summary>
    internal IReadOnlyList<string> Arguments { get; init; } = [];

    internal IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>Operand stack and app heap, bytes; 0 for the runtime's defaults.</summary>
    internal uint StackBytes { get; init; }

    internal uint HeapBytes { get; init; }

    /// <summary>One pool of this size instead of the board's; 0 for the board's.</summary>
    internal uint PoolBytes { get; init; }

    /// <summary>Bytes of the native stack; 0 for the board's.</summary>
    internal uint NativeStackBytes { get; init; }

    internal PlanMode Mode { get; init; }

    /// <summary>The rules for loading the module, in addition to those of the board.</summary>
    internal LoadSettings Load { get; init; }

    /// <summary>Whether functions may stay out that nothing provides.</summary>
    internal bool AllowUnlinked { get; init; }

    /// <summary>The pool's parts on a board: its own, or one of the wanted size where that fits.</summary>
    internal IReadOnlyList<PoolPart> PoolOf(BoardInfo board)
    {
        if (PoolBytes == 0) return board.Pool;
        MemoryArea? large = board.Memory.FirstOrDefault(area => area.Name != "flash" && area.Length >= PoolBytes + board.StackBytes);
        return [new(large?.Name ?? board.Pool[0].Area, PoolBytes)];
    }

    /// <param name="board">Where it is to run.</param>
    /// <param name="header">Full name of plan.h.</param>
    internal string Source(BoardInfo board, string header)
    {
        IReadOnlyList<PoolPart> pool = PoolOf(board);
        LoadSettings load = Load.Or(board.Load);
        StringBuilder c = new();
        c.AppendLine(CultureInfo.InvariantCulture, $"#include {Quote(header)}");
        c.AppendLine("#define APP __attribute__((section(\".app.data\")))");
        c.AppendLine(CultureInfo.InvariantCulture,
            $"__asm__(\".section .app.module,\\\"ax\\\"\\n.balign {ModuleAlignment}\\nwn_module: .incbin "
            + $"\\\"{ModuleFile}\\\"\\nwn_module_end:\\n.previous\");");
        c.AppendLine("extern const uint8_t wn_module[], wn_module_end[];");
        for (int i = 0; i < pool.Count; i++)
            c.AppendLine(CultureInfo.InvariantCulture,
                $"uint8_t {PoolName(i)}[{pool[i].Bytes}] __attribute__((section(\".bss.pool{i}\"), aligned(8)));");
        if (board.IsFreestanding)
            c.AppendLine(CultureInfo.InvariantCulture,
                $"static uint8_t stack[{(NativeStackBytes == 0 ? board.StackBytes : NativeStackBytes)}] "
                + $"__attribute__((section(\".bss.stack\"), aligned(8), used));");
        c.AppendLine(CultureInfo.InvariantCulture,
            $"static const struct wn_region regions[] APP = "
            + $"{{{string.Join(", ", pool.Select((part, i) => $"{{{PoolName(i)}, {part.Bytes}}}"))}}};");
        c.AppendLine(CultureInfo.InvariantCulture, $"static const char export[] APP = {Quote(Export)};");
        c.AppendLine(CultureInfo.InvariantCulture, $"static const uint32_t slots[] APP = {{{string.Join(", ", Slots.Append(0u))}}};");
        Strings(c, "argument", Arguments);
        Strings(c, "variable", Environment);
        c.AppendLine(CultureInfo.InvariantCulture, $$"""
            const struct wn_plan *wn_plan(void)
            {
                static const struct wn_plan plan APP = {
                    .module = wn_module, .module_bytes = {{new System.IO.FileInfo(ModuleFile).Length}},
                    .region_count = {{pool.Count}}, .regions = regions,
                    .stack_limit = {{(board.IsFreestanding ? "stack" : "0")}}, .stack_reserve = {{board.StackReserve}},
                    .stack_bytes = {{StackBytes}}, .heap_bytes = {{HeapBytes}},
                    .export = export, .export_length = sizeof export - 1, .slot_count = {{Slots.Count}}, .slots = slots,
                    .wasi = { .args = argument_list, .environ = variable_list, .arg_count = {{Arguments.Count}},
                        .environ_count = {{Environment.Count}} },
                    .mode = {{(uint)Mode}}, .target = WN_TARGET,
                    .whole_pages = {{(load.WholePages ? 1 : 0)}}, .unchecked_c_stack = {{(load.NoCStackCheck ? 1 : 0)}},
                    .allow_unlinked = {{(AllowUnlinked ? 1 : 0)}},
                };
                return &plan;
            }
            """);
        return c.ToString();
    }

    /// <summary>
    /// The array of a part of the pool, as the linker's map and debuggers know it: a global name, so that the map has it too.
    /// </summary>
    internal static string PoolName(int part) =>
        part == 0 ? "global_heap_buf" : string.Create(CultureInfo.InvariantCulture, $"global_heap_buf{part}");

    private static void Strings(StringBuilder c, string name, IReadOnlyList<string> texts)
    {
        for (int i = 0; i < texts.Count; i++)
            c.AppendLine(CultureInfo.InvariantCulture, $"static const char {name}{i}[] APP = {Quote(texts[i])};");
        string names = string.Concat(texts.Select((_, i) => $"{name}{i}, "));
        c.AppendLine(CultureInfo.InvariantCulture, $"static const char *const {name}_list[] APP = {{{names}0}};");
    }

    /// <summary>A C string: everything but plain characters in octal, which ends after three digits.</summary>
    private static string Quote(string text) => "\"" + string.Concat(Encoding.UTF8.GetBytes(text).Select(b =>
        b is >= (byte)' ' and < 0x7F && b != (byte)'"' && b != (byte)'\\' && b != (byte)'?' ? ((char)b).ToString()
        : "\\" + Convert.ToString(b, 8).PadLeft(3, '0'))) + "\"";
}
