// SPDX-License-Identifier: MIT
// The examples in the library's documentation comments compile, against nothing but the library and a few variables.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Docs;

public sealed class XmlExampleTests : IDisposable
{
    /// <summary>What examples may use without saying where it comes from.</summary>
    private static readonly (string Type, string Name)[] s_given =
        [("NanoRuntime", "runtime"), ("NanoModule", "module"), ("NanoInstance", "app"), ("NanoInstance", "plugin")];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wnano-sample");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Every_example_compiles()
    {
        (string Member, string Code)[] examples = [.. Examples()];
        Assert.True(examples.Length >= 25, $"{examples.Length} examples");
        StringBuilder program = new("""
            using System;
            using System.Collections.Generic;
            using System.IO;
            using System.Linq;
            using System.Runtime.InteropServices;
            using Wamr.Nano;


            """);
        foreach ((string member, string code) in examples.Where(example => IsType(example.Code))) program.Append($"// {member}\n{code}\n");
        program.Append("static unsafe class Examples\n{\n    static void Main() { }\n    static int Receive(int channel, Span<byte> to) => "
            + "channel + to.Length;\n");
        int number = 0;
        foreach ((string member, string code) in examples.Where(example => !IsType(example.Code)))
        {
            IEnumerable<string> given = s_given.Where(g => !Regex.IsMatch(code, $@"\b{g.Type} {g.Name} ="))
                .Select(g => $"{g.Type} {g.Name}");
            program.Append($"    // {member}\n    static void Example{number++}({string.Join(", ", given)})\n    {{\n{code}\n    }}\n");
        }
        program.Append("}\n");
        ProcessResult r = CSharpProgram.Run(program.ToString(), _folder.FullName);
        Assert.Equal((0, ""), (r.ExitCode, r.Error));
    }

    private static bool IsType(string code) => Regex.IsMatch(code, @"^\s*(public |sealed |unsafe )*class ");

    private static IEnumerable<(string Member, string Code)> Examples()
    {
        string file = Path.ChangeExtension(typeof(NanoRuntime).Assembly.Location, ".xml");
        return XDocument.Load(file).Descendants("member").SelectMany(member =>
            member.Elements("example").Elements("code").Select(code => (member.Attribute("name")!.Value, code.Value)));
    }
}
