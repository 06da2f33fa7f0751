// SPDX-License-Identifier: MIT
// The options of a firmware.
using System.Collections.Generic;
using System.CommandLine;
using Wamr.Nano.Tool.Boards;

namespace Wamr.Nano.Tool.Build;

internal sealed record FirmwareOptions
{
    /// <summary>Folder below boards/common/profiles: which host modules are in.</summary>
    internal string Profile { get; init; } = "full";

    /// <summary>Folder below boards/common/allocators: where memory comes from; null for the board's own.</summary>
    internal string? Allocator { get; init; }

    /// <summary>The folder in boards/common/meters that measures the run, for the program that runs the app once.</summary>
    internal string Meter { get; init; } = NoMeter;

    internal const string NoMeter = "none", ProfileMeter = "profile";

    /// <summary>Programs: one that runs the linked-in app once, the app server, and what tests and measurements use.</summary>
    internal const string Run = "Firmware.cs", Server = "server/Server.cs", Lab = "lab/*.cs";

    /// <summary>The C# below boards/common with the main function.</summary>
    internal string Program { get; init; } = Run;

    /// <summary>The owner's public key (32 bytes): the firmware refuses code without its signature. Null: it runs anyone's code.</summary>
    internal byte[]? OwnerKey { get; init; }

    /// <summary>Folder below common/trust.</summary>
    internal string Trust => OwnerKey == null ? Anyone : "owner";

    internal const string Anyone = "anyone";

    /// <summary>What turns the C# into an object; one of those the board has.</summary>
    internal string Backend { get; init; } = BoardInfo.TranslatedC;

    /// <summary>The option of a command line that chooses it.</summary>
    internal static Option<string> BackendOption() => new("--backend")
    {
        Description =
            "How the firmware's C# becomes machine code: c (through C and the board's compiler) or nativeaot (through ILCompiler).",
        HelpName = "name",
        DefaultValueFactory = _ => BoardInfo.TranslatedC,
    };

    /// <summary>Optimisation such as -O2; null for the board's own.</summary>
    internal string? Optimize { get; init; }

    /// <summary>Another compiler than the board's, such as clang for the host.</summary>
    internal string? Compiler { get; init; }

    /// <summary>More options of the compiler.</summary>
    internal IReadOnlyList<string> Flags { get; init; } = [];
}
