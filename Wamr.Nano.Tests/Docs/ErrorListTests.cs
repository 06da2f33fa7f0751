// SPDX-License-Identifier: MIT
// docs/ERRORS.md is what the code says; no number means two things. WNANO_WRITE_DOCS=1 writes the file anew.
using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Wamr.Nano.IlToC;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool.Devices;
using Wamr.Nano.Tool.Errors;
using Xunit;

namespace Wamr.Nano.Tests.Docs;

public class ErrorListTests
{
    private const string Variable = "WNANO_WRITE_DOCS", File = "docs/ERRORS.md";

    private static readonly (int First, string Title)[] Phases =
    [
        (1000, "The binary format"), (2000, "Memory"), (3000, "Validation, and limits of this implementation (39xx)"),
        (4000, "Linking and instantiation"),
        (5000, "Traps"), (6000, "Calls between host and app"), (7000, "Images"), (8000, "The command line"), (8100, "Sizes"),
        (8200, "Projects and packages"), (8300, "Devices and flashing"), (8500, "Slots and the device console"),
    ];

    [Fact]
    public void No_number_means_two_things()
    {
        Assert.Empty(Rows().GroupBy(row => row.Code).Where(same => same.Count() > 1)
            .Select(same => $"{same.Key}: {string.Join(", ", same.Select(row => row.What))}"));
        Assert.True(Rows().Count() > 150);
    }

    /// <summary>An enumeration of errors that this test does not know would be left out of both.</summary>
    [Fact]
    public void All_enumerations_of_errors_are_looked_at() =>
        Assert.Equal(["DeviceError", "ToolError", "WasmError"],
            new[] { typeof(WasmError), typeof(ToolError), typeof(global::Wamr.Nano.Xip.CompileException) }
            .SelectMany(type => type.Assembly.GetTypes())
            .Where(type => type.IsEnum && type.Name.EndsWith("Error", StringComparison.Ordinal))
            .Select(type => type.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void List_of_errors_is_what_the_code_says()
    {
        if (Environment.GetEnvironmentVariable(Variable) == "1") System.IO.File.WriteAllText(Repository.PathOf(File), Text());
        Assert.True(Text() == System.IO.File.ReadAllText(Repository.PathOf(File)).Replace("\r", "", StringComparison.Ordinal),
            $"{File} is not what the code says: {Variable}=1 dotnet test --filter "
                + $"{nameof(List_of_errors_is_what_the_code_says)} writes it");
    }

    private static string Text()
    {
        StringBuilder text = new("""
            # Errors
            Each error has a code. Its message says what went wrong, with figures, and what to do next. In these tables, N stands for a
            figure.
            With `--json`, `wnano` prints the message as part of an object.

            `wnano` exits with 0 for success, 1 for an error, 2 for wrong usage. If an app exits by itself, `wnano run` returns the app's
            exit code.


            """);
        for (int i = 0; i < Phases.Length; i++)
        {
            int first = Phases[i].First, end = i + 1 < Phases.Length ? Phases[i + 1].First : int.MaxValue;
            text.Append($"## {Phases[i].Title}\n| code | what went wrong | what to do |\n|---|---|---|\n");
            foreach ((int code, string what, string next) in Rows().Where(row => row.Code >= first && row.Code < end)
                .OrderBy(row => row.Code))
                text.Append($"| WN{code:D4} | {Cell(what)} | {Cell(next)} |\n");
            text.Append('\n');
        }
        text.Append("## What iltoc refuses\n[LANGUAGE.md](LANGUAGE.md) explains the rules.\n\n| code | rule |\n|---|---|\n");
        foreach (Rule rule in Enum.GetValues<Rule>()) text.Append($"| IL{(int)rule} | {Words(rule.ToString())} |\n");
        return text.ToString().Replace("\r", "", StringComparison.Ordinal);
    }

    private static IEnumerable<(int Code, string What, string NextStep)> Rows() =>
    [
        .. Enum.GetValues<WasmError>().Where(error => error != WasmError.None)
            .Select(error => ((int)error, ErrorTexts.Row(error).Cause, BothSteps(error))),
        .. Enum.GetValues<ToolError>().Select(error => ((int)error, Meaning(error), ToolException.NextStep(error))),
        .. Enum.GetValues<DeviceError>().Select(error => ((int)error, Meaning(error), DeviceException.NextStep(error))),
    ];

    /// <summary>What to do, as the command line says it and, where that differs, as the library does.</summary>
    private static string BothSteps(WasmError error)
    {
        string step = ErrorTexts.Row(error).NextStep, tool = ErrorTexts.Say(step, Reader.Tool, callStack: true),
            library = ErrorTexts.Say(step, Reader.Library, callStack: true);
        return tool == library ? tool : $"{tool}; in .NET: {library}";
    }

    /// <summary>What an error of the tools means, whatever its message adds.</summary>
    private static string Meaning<T>(T error) where T : struct, Enum =>
        typeof(T).GetField(error.ToString())!.GetCustomAttribute<DescriptionAttribute>()!.Description;

    private static string Words(string name) => Regex.Replace(name, "(?<=[a-z])([A-Z])", " $1").ToLowerInvariant();

    private static string Cell(string text) => Regex.Replace(text.Replace("{argument}", "argument N", StringComparison.Ordinal), @"\{\w+\}",
        "N").Replace("|", "\\|", StringComparison.Ordinal);
}
