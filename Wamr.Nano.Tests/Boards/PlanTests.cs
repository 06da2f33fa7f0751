// SPDX-License-Identifier: MIT
// The build writes plans in C, the firmware reads them in C#: both sides have the same fields, of the same sizes, in the same order.
using System;
using System.Collections.Generic;
using System.IO;
using System.Text.RegularExpressions;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Boards;

public partial class PlanTests
{
    private const string Header = "boards/common/plan.h";

    [Theory]
    [InlineData("boards/common/RunPlan.cs", "RunPlan", Header, "wn_plan")]
    [InlineData("boards/common/RunPlan.cs", "MemoryRegion", Header, "wn_region")]
    [InlineData("Wamr.Nano/Core/Run/ProgramArguments.cs", "ProgramArguments", Header, "wn_wasi")]
    [InlineData("Wamr.Nano/Core/Image/ImageHeader.cs", "ImageTarget", "boards/common/target.h", "wn_target")]
    [InlineData("boards/common/FlashPlan.cs", "FlashPlan", "tools/wnano/Flash/FlashPlan.cs", "wn_flash")]
    public void Both_languages_have_the_same_fields(string managed, string type, string native, string structure)
    {
        string[] fields = [.. ManagedFields(managed, type)];
        Assert.NotEmpty(fields);
        Assert.Equal(fields, NativeFields(native, structure));
    }

    /// <summary>Instance fields as "size name", a pointer being a size of its own.</summary>
    private static IEnumerable<string> ManagedFields(string file, string type)
    {
        string body = Body(file, $"struct {type}\n{{", "\n}");
        foreach (Match field in ManagedField().Matches(body))
            yield return $"{ManagedSize(field.Groups[1].Value)} {SnakeCase(field.Groups[2].Value)}";
    }

    private static string ManagedSize(string type) => type switch
    {
        _ when type.EndsWith('*') => "pointer",
        "nint" => "pointer",
        "uint" => "4",
        "byte" or "ImageMachine" or "ImageFpu" => "1",
        "ProgramArguments" => "struct wn_wasi",
        "ImageTarget" => "struct wn_target",
        _ => type,
    };

    private static IEnumerable<string> NativeFields(string file, string structure)
    {
        string body = Body(file, $"struct {structure} {{", "}");
        foreach (string declaration in Comment().Replace(body, "")
            .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            Match parts = NativeField().Match(declaration);
            foreach (string declarator in parts.Groups[2].Value.Split(',', StringSplitOptions.TrimEntries))
                yield return $"{(declarator.Contains('*', StringComparison.Ordinal) ? "pointer" : NativeSize(parts.Groups[1].Value))} "
                    + $"{declarator.TrimStart('*', ' ').Split(' ')[^1].TrimStart('*')}";
        }
    }

    private static string NativeSize(string type) => type.Trim() switch
    {
        "ptrdiff_t" => "pointer",
        "uint32_t" => "4",
        "uint8_t" => "1",
        string other => other,
    };

    private static string Body(string file, string opening, string closing)
    {
        string text = File.ReadAllText(Repository.PathOf(file)).Replace("\r", "", StringComparison.Ordinal);
        int start = text.IndexOf(opening, StringComparison.Ordinal);
        Assert.True(start >= 0, $"{file} has no '{opening}'");
        start += opening.Length;
        return text[start..text.IndexOf(closing, start, StringComparison.Ordinal)];
    }

    private static string SnakeCase(string name) => Upper().Replace(name, "_$0").TrimStart('_').ToLowerInvariant();

    [GeneratedRegex(@"^    internal (?!const|static|readonly)([\w]+\**) (\w+);", RegexOptions.Multiline)]
    private static partial Regex ManagedField();

    [GeneratedRegex(@"^((?:const )?(?:struct )?\w+)\s+(.*)$", RegexOptions.Singleline)]
    private static partial Regex NativeField();

    [GeneratedRegex(@"//[^\n]*|/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Upper();
}
