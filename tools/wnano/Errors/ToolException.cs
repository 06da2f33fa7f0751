// SPDX-License-Identifier: MIT
// What goes wrong in the tools rather than in a module: numbered from WN8001, with cause, numbers and the next step.
using System;
using System.Globalization;

namespace Wamr.Nano.Tool.Errors;

/// <summary>
/// Numbers are never reused. 80xx: the command line, files, other programs; 81xx: sizing and rewriting of modules; 82xx: projects and
/// packages.
/// </summary>
internal enum ToolError
{
    WrongUsage = 8001,
    FileRefused = 8002,
    ProgramFailed = 8003,
    OwnFault = 8004,
    NoPoolFits = 8101,
    RunFails = 8102,
    BoardTooSmall = 8103,
    DiffersFromOld = 8107,
    UnknownFile = 8108,
    NotCompilable = 8109,
    ModuleWanted = 8110,
    EndsInStart = 8111,
    FolderNotEmpty = 8201,
    UnknownName = 8202,
    ToolsMissing = 8203,
}

/// <summary>A tool cannot do what was asked.</summary>
internal sealed class ToolException(ToolError error, string cause) : Exception(Text(error, cause))
{
    /// <summary>Stands for the command in a next step; whoever shows it puts the command's name there.</summary>
    internal const string AnyCommand = "<command> ";

    internal ToolError Error { get; } = error;

    internal static string Text(ToolError error, string cause) =>
        string.Create(CultureInfo.InvariantCulture, $"WN{(int)error:D4} {cause}: {NextStep(error)}");

    internal static string NextStep(ToolError error) => error switch
    {
        ToolError.WrongUsage => $"'wnano {AnyCommand}--help' shows how",
        ToolError.FileRefused => "check its name, its kind and your rights",
        ToolError.ProgramFailed => "read its message; 'wnano boards' lists what must be installed",
        ToolError.OwnFault => "report it with the command and its files; WNANO_TRACE=1 in the environment adds where it happened",
        ToolError.NoPoolFits => "the app is too large for this runtime; 'wnano estimate' shows what takes the memory",
        ToolError.RunFails => "make it run with 'wnano run' first; --invoke, --input and --sensor set its input",
        ToolError.BoardTooSmall => "shrink what is named above, or choose a board with more RAM; 'wnano boards' lists them",
        ToolError.DiffersFromOld => "compare two files of one kind",
        ToolError.UnknownFile => "give a .wasm module, an image or an ELF firmware",
        ToolError.NotCompilable => "read its message; 'wnano compile --emit c' shows the C that the compiler got",
        ToolError.ModuleWanted => "give the module the image was made from; 'wnano dump', 'wnano size' and 'wnano fit --board' take images",
        ToolError.EndsInStart =>
            "let the start function return, and end the app in a function that is called; 'wnano run' runs it as it is",
        ToolError.FolderNotEmpty => "choose a folder that is empty or does not exist",
        ToolError.UnknownName => "choose another name",
        ToolError.ToolsMissing => "install it, then see 'wnano doctor'",
        _ => throw new ArgumentOutOfRangeException(nameof(error)),
    };
}
