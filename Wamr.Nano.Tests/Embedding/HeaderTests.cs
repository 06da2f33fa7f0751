// SPDX-License-Identifier: MIT
// The header of the C API says what the C# says.
using System;
using System.IO;
using System.Text.RegularExpressions;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Embedding;

public partial class HeaderTests
{
    [Fact]
    public void Header_is_that_of_the_code() => Compare("Wamr.Nano/Embedding/c/wamr_nano.h", CHeader.Write());

    [Fact]
    public void Names_of_errors_are_those_of_the_code() => Compare("Wamr.Nano/Embedding/c/wamr_nano_errors.c", CHeader.WriteErrors());

    /// <summary>What a comment names is there, and nothing in it is C#.</summary>
    [Fact]
    public void Comments_name_only_what_the_header_has()
    {
        string header = CHeader.Write();
        string code = Comment().Replace(header, "");
        Assert.All(ApiName().Matches(header), name => Assert.Matches($@"\b{name.Value}\b", code));
        Assert.All(Comment().Matches(header), comment => Assert.DoesNotMatch(@"\b[A-Z][a-z]+[A-Z]\w*|\w\.[A-Z]|\bC#", comment.Value));
    }

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\b(wamr_nano|WAMR_NANO)_\w+")]
    private static partial Regex ApiName();

    /// <summary>With WNANO_WRITE_DOCS=1 the file is written instead.</summary>
    private static void Compare(string file, string text)
    {
        string path = Repository.PathOf(file);
        if (Environment.GetEnvironmentVariable("WNANO_WRITE_DOCS") == "1") File.WriteAllText(path, text);
        Assert.Equal(text, File.ReadAllText(path));
    }
}
