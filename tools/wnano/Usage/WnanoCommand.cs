// SPDX-License-Identifier: MIT
// A command with examples, and the help that shows them below its options.
using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Linq;

namespace Wamr.Nano.Tool.Usage;

/// <param name="name">What the user types.</param>
/// <param name="description">One sentence.</param>
/// <param name="examples">Lines to copy, each with what it does.</param>
internal sealed class WnanoCommand(string name, string description, params (string Line, string Does)[] examples)
    : Command(name, description)
{
    internal IReadOnlyList<(string Line, string Does)> Examples => examples;
}

/// <summary>The library's help, then the command's examples.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    /// <summary>Replaces the help of all commands.</summary>
    internal static void AddTo(RootCommand root)
    {
        HelpOption option = root.Options.OfType<HelpOption>().Single();
        option.Action = new HelpWithExamples((HelpAction)option.Action!);
    }

    public override int Invoke(ParseResult parsed)
    {
        int code = help.Invoke(parsed);
        if (parsed.CommandResult.Command is not WnanoCommand command) return code;
        int width = command.Examples.Max(example => example.Line.Length);
        Console.WriteLine("Examples:");
        foreach ((string line, string does) in command.Examples) Console.WriteLine($"  {line.PadRight(width)}  {does}");
        Console.WriteLine();
        return code;
    }
}
