// SPDX-License-Identifier: MIT
// A board as its board.json describes it: processor, memory, compiler, emulator.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Wamr.Nano.Tool.Apps;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Flash;
using Wamr.Nano.Tool.Printing;

namespace Wamr.Nano.Tool.Boards;

/// <summary>A region of the address space.</summary>
internal sealed record MemoryArea(string Name, uint Origin, uint Length);

/// <summary>A piece of RAM the pool is made of; without an area it is wherever the linker puts it.</summary>
internal sealed record PoolPart(string Area, uint Bytes);

/// <summary>A program that is not ours, and the Debian package that has it.</summary>
internal sealed record BoardTool(string Program, string Package, IReadOnlyList<string> Arguments);

internal sealed class BoardInfo
{
    internal const string FileName = "board.json";

    /// <summary>Backends: C# becomes C for the board's compiler, or machine code by ILCompiler.</summary>
    internal const string TranslatedC = "c", NativeAot = "nativeaot";

    private readonly JsonObject _json;

    private BoardInfo(string folder, JsonObject json)
    {
        Folder = folder;
        _json = json;
    }

    internal string Folder { get; }

    internal string Name => Path.GetFileName(Folder);

    internal string Title => Text("title");

    internal string Cpu => Text("cpu");

    /// <summary>Folder below boards/common with the startup code.</summary>
    internal string Processor => Text("processor");

    /// <summary>The C compiler; its arguments are those of every compilation and of the link.</summary>
    internal BoardTool Compiler => ReadTool(_json["compiler"]!, "flags");

    /// <summary>The optimisation option for the C code.</summary>
    internal string Optimize => (string)_json["compiler"]!["optimize"]!;

    /// <summary>The ways to make firmware of C# that this board has.</summary>
    internal IReadOnlyList<string> Backends => _json["backends"] is JsonNode backends ? Strings(backends) : [TranslatedC];

    /// <summary>Folders in boards/ whose C# and C it shares with other boards, without their subfolders.</summary>
    internal IReadOnlyList<string> Shares => Strings(_json["shares"]);

    /// <summary>None where an operating system lays out memory.</summary>
    internal IReadOnlyList<MemoryArea> Memory => _json["memory"] is JsonObject areas
        ? [.. areas.Select(area => new MemoryArea(area.Key, Number(area.Value!["origin"]!), Number(area.Value!["length"]!)))]
        : [];

    internal bool IsFreestanding => Memory.Count != 0;

    /// <summary>Whether its firmware can run on this machine.</summary>
    internal bool RunsHere => Emulator != null || !IsFreestanding;

    /// <summary>Folder below boards/ of the system whose projects the firmware becomes a part of; null if it is linked here.</summary>
    internal string? Component => (string?)_json["component"];

    /// <summary>
    /// The allocator that takes everything from <see cref="Pool"/>, and the one of the C library or the operating system.
    /// </summary>
    internal const string PoolAllocator = "pool", HeapAllocator = "heap";

    /// <summary>Folder below boards/common/allocators: where its runtime's memory comes from.</summary>
    internal string Allocator => (string?)_json["allocator"] ?? PoolAllocator;

    internal IReadOnlyList<PoolPart> Pool =>
        [.. _json["pool"]!.AsArray().Select(part => new PoolPart((string)part!["region"]!, Number(part["bytes"]!)))];

    /// <summary>Bytes of the native stack, and how many of them are kept below the boundary that the runtime checks.</summary>
    internal uint StackBytes => Number(_json["stack"]!["bytes"]!);

    internal uint StackReserve => Number(_json["stack"]!["reserve"]!);

    /// <summary>How its firmware loads binaries, and images are compiled for it: <c>"wholePages"</c> and <c>"cStackChecks"</c>.</summary>
    internal LoadSettings Load => new((bool?)_json["wholePages"] ?? false, !((bool?)_json["cStackChecks"] ?? true));

    /// <summary>Null if the firmware is a program of this machine.</summary>
    internal BoardTool? Emulator => _json["emulator"] is JsonNode emulator ? ReadTool(emulator, "arguments") : null;

    /// <summary>Arguments that let one instruction take one nanosecond; empty if instructions cannot be counted.</summary>
    internal IReadOnlyList<string> CountArguments => Strings(_json["emulator"]?["countArguments"]);

    /// <summary>
    /// Arguments of the emulator that come in place of <c>-kernel {elf}</c> where the app server runs: they make flash of the file that
    /// {flash} names. Empty where the emulator has no such flash.
    /// </summary>
    internal IReadOnlyList<string> ServerArguments => Strings(_json["emulator"]?["serverArguments"]);

    /// <summary>Whether the app server cannot write to flash, because the emulator has no flash controller.</summary>
    internal bool ServerReadsOnly => (bool?)_json["emulator"]?["serverReadsOnly"] ?? false;

    /// <summary>Whether its app server runs on this machine.</summary>
    internal bool ServesHere => (!IsFreestanding || ServerArguments.Count != 0) && Flash is { Slots.Count: > 0 };

    internal BoardTool? Flasher => _json["flasher"] is JsonNode flasher ? ReadTool(flasher, "arguments") : null;

    /// <summary>
    /// Arguments of a tool that flashes the board: its own, or another that it names; null if the board does not know the tool.
    /// </summary>
    internal IReadOnlyList<string>? FlasherArguments(string program) => program == Flasher?.Program ? Flasher.Arguments
        : _json["flasher"]?["others"]?[program] is JsonNode arguments ? Strings(arguments) : null;

    /// <summary>Pattern of what any of these tools calls the board's chip; null for any.</summary>
    internal string? Chip => (string?)_json["flasher"]?["chip"];

    /// <summary>Null if the board does not say.</summary>
    internal FlashLayout? Flash
    {
        get
        {
            if (_json["flash"] is not JsonObject flash) return null;
            uint origin = flash["origin"] is JsonNode start ? Number(start)
                : Memory.FirstOrDefault(area => area.Name == "flash")?.Origin ?? 0;
            var slots = flash["slots"]?.AsArray().Select(slot => new SlotPlace(Number(slot!["origin"]!) - origin, Number(slot["length"]!)))
                ?? [];
            return new FlashLayout(origin, Number(flash["writeUnit"]!), FlashLayout.ParseRuns(Strings(flash["sectors"])), [.. slots])
                .Checked(Name);
        }
    }

    /// <exception cref="UsageException">It does not run on this machine.</exception>
    /// <exception cref="MissingProgramException">Its compiler or its emulator is not installed: said before anything is built.</exception>
    internal void DemandRuns()
    {
        if (!RunsHere)
            throw new UsageException($"board '{Name}' has no emulator here: 'wnano flash' puts its firmware on the board itself");
        if (Missing() is { Count: > 0 } missing) throw new MissingProgramException(missing);
    }

    /// <summary>Debian packages that are missing here to build and run.</summary>
    internal IReadOnlyList<string> MissingPackages => [.. Missing().Select(tool => tool.Package).Distinct()];

    /// <summary>Compiler and emulator that are not on this machine.</summary>
    internal IReadOnlyList<BoardTool> Missing() =>
        [.. new[] { Compiler, Emulator }.OfType<BoardTool>().Where(tool => ExternalProgram.Locate(tool.Program) == null)];

    /// <exception cref="InvalidDataException">The file is not what it should be.</exception>
    internal static BoardInfo Read(string file)
    {
        try
        {
            BoardInfo board = new(Path.GetDirectoryName(file)!, JsonNode.Parse(File.ReadAllBytes(file))!.AsObject());
            _ =
                (board.Title, board.Cpu, board.Processor, board.Shares, board.Compiler, board.Optimize, board.Memory, board.Pool,
                    board.StackBytes, board.StackReserve, board.Load, board.Allocator);
            return board;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException or FormatException)
        {
            throw new InvalidDataException($"{file} does not describe a board: {e.Message}", e);
        }
    }

    private string Text(string name) => (string)_json[name]!;

    private static BoardTool ReadTool(JsonNode json, string arguments) =>
        new((string)json["program"]!, (string)json["package"]!, Strings(json[arguments]));

    private static IReadOnlyList<string> Strings(JsonNode? array) =>
        array == null ? [] : [.. array.AsArray().Select(text => (string)text!)];

    /// <summary>A number, or text such as 0x20000000, 112K or 1M.</summary>
    private static uint Number(JsonNode json)
    {
        if (json.GetValueKind() == JsonValueKind.Number) return (uint)json;
        string text = (string)json!;
        if (text.StartsWith("0x", StringComparison.Ordinal))
            return uint.Parse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return Bytes.TryParse(text, out uint bytes) ? bytes : throw new FormatException($"'{text}' is no number");
    }
}
