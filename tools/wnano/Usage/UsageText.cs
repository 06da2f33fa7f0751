// SPDX-License-Identifier: MIT
// The mistakes of a command line, in our own words: missing parts by name, and unknown words with the nearest known ones.
using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;

namespace Wamr.Nano.Tool.Usage;

internal static class UsageText
{
    /// <summary>The mistakes of a command line; empty if there is none.</summary>
    internal static IReadOnlyList<string> Mistakes(ParseResult parsed)
    {
        string[] unknown = [.. Unknown(parsed)];
        // A request for help may have anything after the command, but the command must exist.
        if (parsed.Action is HelpWithExamples) return parsed.CommandResult.Command is RootCommand ? unknown : [];
        // An unknown word explains a missing one, because it is in its place.
        return unknown.Length != 0 ? unknown : [.. Told(parsed.Errors).Select(error => Words(error, parsed)).Distinct()];
    }

    /// <summary>If a number is outside its range, suppresses the second message that its type has no room for it.</summary>
    private static IEnumerable<ParseError> Told(IReadOnlyList<ParseError> errors) =>
        errors.Where(error => !IsOfType(error)
            || !errors.Any(other => !IsOfType(other) && Option(other.SymbolResult) is Option option
                && option == Option(error.SymbolResult)));

    private static bool IsOfType(ParseError error) => error.Message.StartsWith("Cannot parse argument", StringComparison.Ordinal);

    private static IEnumerable<string> Unknown(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string[] words = [.. parsed.UnmatchedTokens.Concat(Swallowed(parsed))];
        if (command is RootCommand && words.FirstOrDefault(word => !IsOption(word)) is string name)
            return [$"there is no command '{name}'{Nearest.Question(name, command.Subcommands.Select(one => one.Name))}"];
        return words.Select(word => IsOption(word)
            ? $"there is no option '{word}'{Nearest.Question(word, Options(parsed))}{Behind(command)}"
            : $"'{word}' is an argument too many");
    }

    /// <summary>
    /// What looks like an option, but was taken for an argument of the app: those stand behind <c>--</c> where they begin with a hyphen.
    /// </summary>
    private static IEnumerable<string> Swallowed(ParseResult parsed)
    {
        HashSet<Token> open = [.. parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash)];
        return parsed.CommandResult.Children.OfType<ArgumentResult>().Where(result => result.Argument.Arity.MaximumNumberOfValues > 1)
            .SelectMany(result => result.Tokens).Where(token => IsOption(token.Value) && open.Contains(token)).Select(token => token.Value);
    }

    private static bool IsOption(string word) => word.Length > 1 && word[0] == '-' && !char.IsAsciiDigit(word[1]);

    private static IEnumerable<string> Options(ParseResult parsed) =>
        parsed.CommandResult.Command.Options.Concat(parsed.RootCommandResult.Command.Options.Where(option => option.Recursive))
            .Where(option => !option.Hidden).Select(option => option.Name);

    private static string Behind(Command command) =>
        command.Arguments.Any(argument => argument.Arity.MaximumNumberOfValues > 1) ? "; everything for the app stands after --" : "";

    private static string Words(ParseError error, ParseResult parsed)
    {
        string words = string.Join(' ', error.Message.TrimEnd('.').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (words.StartsWith("Required command was not provided", StringComparison.Ordinal)) return "no command is given";
        if (words.StartsWith("Required argument missing", StringComparison.Ordinal)) return Missing(error.SymbolResult, parsed);
        if (error.SymbolResult is OptionResult missing && words.EndsWith("is required", StringComparison.Ordinal))
            return $"{missing.Option.Name} is missing: {Sentence(missing.Option.Description)}";
        if (words.Contains("expects a single argument", StringComparison.Ordinal))
            return $"{Name(error.SymbolResult)} takes one value, and has several";
        return words.StartsWith("Cannot parse argument", StringComparison.Ordinal)
            ? $"{Name(error.SymbolResult)} '{Value(error.SymbolResult)}': {Kind(TypeOf(error.SymbolResult))} is needed"
            : words;
    }

    /// <summary>An option without its value, or an argument by its name.</summary>
    private static string Missing(SymbolResult? result, ParseResult parsed)
    {
        if (Option(result) is Option option) return $"{option.Name} has no value: {Sentence(option.Description)}";
        Argument? argument = (result as ArgumentResult)?.Argument
            ?? parsed.CommandResult.Command.Arguments.FirstOrDefault(one => one.Arity.MinimumNumberOfValues != 0
                && parsed.GetResult(one) is not { Tokens.Count: > 0 });
        return argument == null ? "an argument is missing" : $"<{argument.Name}> is missing: {Sentence(argument.Description)}";
    }

    private static Option? Option(SymbolResult? result) => result switch
    {
        OptionResult option => option.Option,
        ArgumentResult { Parent: OptionResult option } => option.Option,
        _ => null,
    };

    /// <summary>As it is written: <c>--pool</c>, <c>&lt;module&gt;</c>.</summary>
    private static string Name(SymbolResult? result) =>
        Option(result)?.Name ?? (result is ArgumentResult argument ? $"<{argument.Argument.Name}>" : "");

    private static Type TypeOf(SymbolResult? result) =>
        Option(result)?.ValueType ?? (result as ArgumentResult)?.Argument.ValueType ?? typeof(string);

    private static string Value(SymbolResult? result) => string.Join(' ', result?.Tokens.Select(token => token.Value) ?? []);

    private static string Kind(Type type)
    {
        Type bare = Nullable.GetUnderlyingType(type) ?? type;
        return bare == typeof(FileInfo) ? "the name of a file"
            : bare == typeof(double) ? "a number"
            : bare == typeof(bool) ? "true or false"
            : bare == typeof(ulong) || bare == typeof(uint) ? "a whole number from 0 on"
            : "a whole number";
    }

    /// <summary>A description as a part of a sentence.</summary>
    private static string Sentence(string? description)
    {
        string text = (description ?? "").TrimEnd('.');
        return text.Length > 1 && char.IsLower(text[1]) ? char.ToLowerInvariant(text[0]) + text[1..] : text;
    }
}
