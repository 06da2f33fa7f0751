// SPDX-License-Identifier: MIT
// Every error code has its own row of text; messages carry the code, the numbers and the next step.
using System;
using System.Linq;
using Wamr.Nano.Core;
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
        string message = ErrorTexts.Message(code, new ErrorInfo());
        Assert.DoesNotContain("the call stack", message, StringComparison.Ordinal);
        Assert.DoesNotContain("{where}", message + ErrorTexts.Message(code, new ErrorInfo(), callStack: true), StringComparison.Ordinal);
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
            ErrorTexts.Message(WasmError.OutOfMemory, info), StringComparison.Ordinal);
    }

    [Fact]
    public void Validation_message_gives_offset_and_index()
    {
        ErrorInfo info = new() { Offset = 0x1A, Index = 3 };
        Assert.StartsWith("WN3001 type mismatch at offset 0x1a, index 3: ", ErrorTexts.Message(WasmError.TypeMismatch, info), StringComparison.Ordinal);
    }
}
