// SPDX-License-Identifier: MIT
// Every error code has its own row of text; messages carry the code, the numbers and the next step.
using System;
using System.Linq;
using System.Text.RegularExpressions;
using Wamr.Nano.Tool;
using Xunit;

namespace Wamr.Nano.Tests.Hosted;

public class ErrorTextsTests
{
    public static TheoryData<WasmError> Codes => [.. Enum.GetValues<WasmError>()];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_code_has_a_cause_and_a_next_step(WasmError code)
    {
        Assert.NotEqual(ErrorTexts.Row((WasmError)9999), ErrorTexts.Row(code));
        Assert.NotEmpty(ErrorTexts.Row(code).NextStep);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Message_without_a_call_stack_speaks_of_none(WasmError code)
    {
        string message = ErrorTexts.Message(code, new ErrorInfo(), Reader.Tool);
        Assert.DoesNotContain("the call stack", message, StringComparison.Ordinal);
        Assert.DoesNotContain("{where}", message + ErrorTexts.Message(code, new ErrorInfo(), Reader.Tool, callStack: true),
            StringComparison.Ordinal);
    }

    [Fact]
    public void No_two_codes_have_the_same_cause()
    {
        string[] causes = [.. Enum.GetValues<WasmError>().Select(code => ErrorTexts.Row(code).Cause)];
        Assert.Equal(causes.Length, causes.Distinct().Count());
    }

    [Fact]
    public void Out_of_memory_message_gives_the_three_numbers()
    {
        ErrorInfo info = new() { Asked = 65536, Free = 1234, Largest = 1000 };
        Assert.StartsWith(
            "WN2001 out of memory: 65,536 B asked for, 1,234 B free, largest block 1,000 B: give a larger pool",
            ErrorTexts.Message(WasmError.OutOfMemory, info, Reader.Library), StringComparison.Ordinal);
    }

    /// <summary>A device reports a number alone; then its message leaves out figures that nobody knows.</summary>
    [Theory]
    [MemberData(nameof(Codes))]
    public void Message_without_figures_shows_none(WasmError code) =>
        Assert.DoesNotMatch(@"\?|\{|\b0\b",
            ErrorTexts.Message(code, new() { Offset = ErrorInfo.Unknown, Index = ErrorInfo.Unknown }, Reader.Tool));

    [Fact]
    public void Validation_message_gives_offset_and_index()
    {
        ErrorInfo info = new() { Offset = 0x1A, Index = 3 };
        Assert.StartsWith("WN3001 type mismatch at offset 0x1a, index 3: ",
            ErrorTexts.Message(WasmError.TypeMismatch, info, Reader.Library), StringComparison.Ordinal);
    }

    /// <summary>What stands between quotes is a command line of the tool, which a user of the library may run, too.</summary>
    [Theory]
    [MemberData(nameof(Codes))]
    public void Library_names_no_option_of_a_run_and_the_tool_no_property(WasmError code)
    {
        string row = ErrorTexts.Row(code).NextStep;
        string library = Regex.Replace(ErrorTexts.Say(row, Reader.Library, callStack: true), "'[^']*'", ""),
            tool = ErrorTexts.Say(row, Reader.Tool, callStack: true);
        Assert.DoesNotContain(Program.Commands().Subcommands.Single(command => command.Name == "run").Options,
            option => Regex.IsMatch(library, Regex.Escape(option.Name) + @"(?![\w-])"));
        Assert.DoesNotMatch("Nano[A-Z]", tool);
        Assert.DoesNotMatch(@"\{(?!asked|free|largest|index)", library + tool);
    }

    [Fact]
    public void Properties_and_options_that_texts_name_exist()
    {
        string[] options = [.. Program.Commands().Subcommands.SelectMany(command => command.Options).Select(option => option.Name)];
        foreach ((_, string library, string tool) in ErrorTexts.Words)
        {
            foreach (Match name in Regex.Matches(library, @"(Nano\w+)\.(\w+)"))
                Assert.NotEmpty(typeof(NanoRuntime).Assembly.GetType("Wamr.Nano." + name.Groups[1].Value,
                    throwOnError: true)!.GetMember(name.Groups[2].Value));
            foreach (Match name in Regex.Matches(tool, "--[a-z-]+")) Assert.Contains(name.Value, options);
        }
    }

    [Fact]
    public void Exception_speaks_to_each_reader()
    {
        WasmException e = Assert.Throws<WasmException>(() => new NanoRuntime(1));
        Assert.EndsWith("give a larger pool (NanoRuntimeOptions.PoolBytes)", e.Message, StringComparison.Ordinal);
        Assert.EndsWith("give a larger pool (--pool)", e.ToolMessage, StringComparison.Ordinal);
    }
}
