// SPDX-License-Identifier: MIT
// The header of the C API says what the C# says.
using System;
using System.IO;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Embedding;

public class HeaderTests
{
    [Fact]
    public void Header_is_that_of_the_code() => Compare("Wamr.Nano/Embedding/c/wamr_nano.h", CHeader.Write());

    [Fact]
    public void Names_of_errors_are_those_of_the_code() => Compare("Wamr.Nano/Embedding/c/wamr_nano_errors.c", CHeader.WriteErrors());

    /// <summary>With WNANO_WRITE_DOCS=1 the file is written instead.</summary>
    private static void Compare(string file, string text)
    {
        string path = Repository.PathOf(file);
        if (Environment.GetEnvironmentVariable("WNANO_WRITE_DOCS") == "1") File.WriteAllText(path, text);
        Assert.Equal(text, File.ReadAllText(path));
    }
}
