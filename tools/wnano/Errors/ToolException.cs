// SPDX-License-Identifier: MIT
// Errors of the tools, and not of a module: numbered from WN8001, with cause, figures and the next step.
using System;
using System.ComponentModel;
using System.Globalization;

namespace Wamr.Nano.Tool.Errors;

/// <summary>
/// Numbers are never reused. 80xx: the command line, files, other programs; 81xx: sizing and rewriting of modules; 82xx: projects and
/// packages.
/// </summary>
internal enum ToolError
{
    [Description("the command line is wrong")] WrongUsage = 8001,
    [Description("a file is missing, unreadable, or of the wrong kind")] FileRefused = 8002,
    [Description("another program failed")] ProgramFailed = 8003,
    [Description("wnano itself has a bug")] OwnFault = 8004,
    [Description("the app runs in no pool, however large")] NoPoolFits = 8101,
    [Description("the app fails when it runs")] RunFails = 8102,
    [Description("the board has too little RAM for the app")] BoardTooSmall = 8103,
    [Description("the files to compare are of different kinds")] DiffersFromOld = 8107,
    [Description("the file is not of a known kind")] UnknownFile = 8108,
    [Description("the module cannot be compiled to an image")] NotCompilable = 8109,
    [Description("the command needs a module, not an image")] ModuleWanted = 8110,
    [Description("the app exits in its start function")] EndsInStart = 8111,
    [Description("the folder is not empty")] FolderNotEmpty = 8201,
    [Description("the name cannot be used")] UnknownName = 8202,
    [Description("a program is not installed")] ToolsMissing = 8203,
}

/// <summary>A tool cannot do what was asked.</summary>
internal sealed class ToolException(ToolError error, string cause) : Exception(Text(error, cause))
{
    /// <summary>Stands for the command in a next step. It is replaced by the command's name when the message is shown.</summary>
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
