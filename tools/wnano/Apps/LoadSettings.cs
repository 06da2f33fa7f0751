// SPDX-License-Identifier: MIT
// How a module is loaded: options of each command that loads one, and settings of board.json.
using System.CommandLine;

namespace Wamr.Nano.Tool.Apps;

/// <param name="WholePages">Memories keep the pages they declare, and do not end at __heap_base.</param>
/// <param name="NoCStackCheck">C's stack pointer may be set to anything.</param>
internal readonly record struct LoadSettings(bool WholePages, bool NoCStackCheck)
{
    internal LoadSettings Or(LoadSettings other) => new(WholePages | other.WholePages, NoCStackCheck | other.NoCStackCheck);
}

internal sealed class LoadOptions
{
    private readonly Option<bool> _wholePages = new("--whole-pages")
    {
        Description = "Give memories all the pages they declare, instead of cutting them at __heap_base.",
    };
    private readonly Option<bool> _noCStackCheck = new("--no-c-stack-check")
    {
        Description = "Let C's stack pointer leave its stack, for apps that switch stacks themselves.",
    };

    internal void AddTo(Command command)
    {
        command.Options.Add(_wholePages);
        command.Options.Add(_noCStackCheck);
    }

    internal LoadSettings Of(ParseResult parsed) => new(parsed.GetValue(_wholePages), parsed.GetValue(_noCStackCheck));

    /// <param name="parsed">The command line.</param>
    /// <param name="app">What is loaded.</param>
    /// <exception cref="UsageException">An image has the one and the other as it was compiled.</exception>
    internal LoadSettings Of(ParseResult parsed, byte[] app)
    {
        LoadSettings settings = Of(parsed);
        if (settings != default && NanoRuntime.IsImage(app))
            throw new UsageException(
                $"compiling fixed the image's memory and checks: {_wholePages.Name} and "
                + $"{_noCStackCheck.Name} are options of 'wnano compile'");
        return settings;
    }
}
