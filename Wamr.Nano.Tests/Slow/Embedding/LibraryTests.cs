// SPDX-License-Identifier: MIT
// The C library as 'wnano embed' writes it: compiled by C compilers, used by C programs.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Embedding;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Xip;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Embedding;

[Trait("Category", "Boards")]
public sealed partial class LibraryTests(LibraryTests.Library library) : IClassFixture<LibraryTests.Library>
{
    /// <summary>The library with every profile's code in it.</summary>
    public sealed class Library : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wnano-embed");

        public Library() => Assert.Equal(0, Wnano.Run("embed", "-o", Folder).ExitCode);

        public string Folder => Path.Combine(_folder.FullName, "wamr_nano");

        public string Write(string name, byte[] bytes)
        {
            string path = Path.Combine(_folder.FullName, name);
            File.WriteAllBytes(path, bytes);
            return path;
        }

        public void Dispose() => _folder.Delete(recursive: true);
    }

    private static readonly string[] Sanitized =
    [
        "-std=gnu11", "-O1", "-g", "-ffp-contract=off", "-fno-strict-aliasing", "-fsanitize=address,undefined",
        "-fno-sanitize-recover=undefined",
    ];

    /// <summary>What api.c calls.</summary>
    private static byte[] First()
    {
        ModuleBuilder m = new();
        uint text = m.ImportFunction("host", "text", "ii:i"), back = m.ImportFunction("host", "back", "i:i");
        m.Memory(1, export: "memory");
        m.Data(8, [.. "hello\0"u8]);
        m.Global('I', new Code().I64(0x123456789), mutable: true, export: "wide");
        m.Global('i', new Code().I32(7), export: "fixed");
        m.Function("ii:i", new Code().Get(0).Get(1).Op(Opcode.I32Add), export: "add");
        m.Function(":i", new Code().I32(8).I32(5).Call(text), export: "say");
        m.Function("i:i", new Code().Get(0).Call(back), export: "callback");
        m.Function(":", new Code().Op(Opcode.Unreachable), export: "trap");
        m.Function(":", new Code().Open(Opcode.Loop).Op(Opcode.Br, 0).End(), export: "forever");
        // A small memory: the module says where its data end.
        m.Global('i', new Code().I32(1024), export: "__heap_base");
        m.Global('i', new Code().I32(1024), export: "__data_end");
        return m.Build();
    }

    private static byte[] Second()
    {
        ModuleBuilder m = new();
        uint add = m.ImportFunction("main", "add", "ii:i"), forever = m.ImportFunction("main", "forever", ":");
        uint divide = m.ImportFunction("host", "divide", "ii:i");
        uint seven = m.ImportFunction("host", "seven", "i:i"), eight = m.ImportFunction("host", "eight", "i:i");
        uint twice = m.Function("i:i", new Code().Get(0).Get(0).Call(add), export: "twice");
        m.Memory(4, 100, pageOfOneByte: true);
        m.Table(7);
        m.Elements(0, twice, add, forever, divide, seven, eight);
        return m.Build();
    }

    /// <summary>Turns a loop, and ends with exit code 3.</summary>
    private static byte[] Exits()
    {
        ModuleBuilder m = new();
        uint exit = m.ImportFunction("wasi_snapshot_preview1", "proc_exit", "i:");
        Code turns = new Code().I32(100).Set(0).Open(Opcode.Loop).Get(0).I32(1).Op(Opcode.I32Sub).Tee(0).Op(Opcode.BrIf, 0).End();
        m.Function(":", turns.I32(3).Call(exit), locals: "i", export: "_start");
        m.Memory(1, export: "memory");
        return m.Build();
    }

    [Fact]
    public void Every_function_does_what_the_header_says()
    {
        byte[] hello = File.ReadAllBytes(Repository.PathOf("samples/hello/hello.wasm"));
        byte[] image = ImageCompiler.Compile(hello, new() { Target = "x86_64", Jobs = 1 });
        string program = Path.Combine(library.Folder, "api");
        string[] sources =
        [
            .. Directory.EnumerateFiles(library.Folder, "wamr*.c"), Path.Combine(library.Folder, "target.c"),
            Repository.PathOf("Wamr.Nano.Tests/Slow/Embedding/api.c"),
        ];
        ExternalProgram.Run("gcc", [.. Sanitized, "-w", "-I", library.Folder, .. sources, "-lm", "-o", program]);
        string[] files =
        [
            library.Write("main.wasm", First()), library.Write("other.wasm", Second()), library.Write("hello.wasm", hello),
            library.Write("hello.xip", image), library.Write("exit.wasm", Exits()),
        ];
        Assert.EndsWith(" checks, 0 failed\n", ExternalProgram.Run(program, files), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gcc", "-std=c99", "c")]
    [InlineData("clang", "-std=c11", "c")]
    [InlineData("g++", "-std=c++11", "c++")]
    [InlineData("g++", "-std=c++20", "c++")]
    public void Header_is_accepted_without_a_warning(string compiler, string standard, string language)
    {
        string source = library.Write("use.c", "#include \"wamr_nano.h\"\n"u8.ToArray());
        string[] strict = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"];
        ExternalProgram.Run(compiler, [standard, .. strict, "-fsyntax-only", "-I", library.Folder, "-x", language, source]);
    }

    /// <summary>
    /// The runtime is translated from C#, the header written from it: a C compiler has to see the same structures in both.
    /// </summary>
    [Theory]
    [InlineData("gcc")]
    [InlineData("arm-none-eabi-gcc", "-mcpu=cortex-m4", "-mthumb", "-ffreestanding")]
    public void Structures_of_the_header_lie_as_those_of_the_runtime(string compiler, params string[] machine)
    {
        string Layout(string include, Func<Type, string> structure, Func<FieldInfo, string> field)
        {
            IEnumerable<string> numbers = CNames.Structures().SelectMany(type => CNames.FieldsOf(type)
                .SelectMany(f => new[]
                {
                    $"__builtin_offsetof({structure(type)}, {field(f)})", $"sizeof((({structure(type)} *)0)->{field(f)})",
                })
                .Append($"sizeof({structure(type)})"));
            string text = $"#include \"{include}\"\nconst unsigned layout[] = {{{string.Join(", ", numbers)}}};\n";
            string source = library.Write("layout.c", Encoding.ASCII.GetBytes(text));
            string assembly = ExternalProgram.Run(compiler, [.. machine, "-w", "-S", "-I", library.Folder, source, "-o", "-"]);
            return Numbers().Match(assembly).Value;
        }

        string header = Layout("wamr_nano.h", CNames.Of, CNames.NameOf);
        Assert.NotEmpty(header);
        Assert.Equal(header, Layout("wamr_nano.c", type => type.Name, field => field.Name));
    }

    [GeneratedRegex(@"^layout:\n(\t\.(long|word)\t\d+\n)+", RegexOptions.Multiline)]
    private static partial Regex Numbers();

    [Theory]
    [InlineData("stm32f405", "xip")]
    [InlineData("riscv32", "interp")]
    [InlineData("xtensa", "bytecode")]
    public void Archive_for_a_board_holds_the_whole_api(string board, string profile)
    {
        string folder = Path.Combine(library.Folder, board);
        ProcessResult result = Wnano.Run("embed", "-o", folder, "--board", board, "--profile", profile);
        Assert.Equal(0, result.ExitCode);
        string archive = Path.Combine(folder, "libwamr_nano.a");
        Assert.StartsWith(archive, result.Output, StringComparison.Ordinal);
        string symbols = ExternalProgram.Run("nm", ["--defined-only", archive]);
        foreach (string name in CNames.Api.SelectMany(CNames.Functions).Select(function => CNames.EntryPoint(function)!))
            Assert.Contains($" T {name}\n", symbols, StringComparison.Ordinal);
    }

    /// <summary>The page's program, its CMake file, its commands.</summary>
    [Fact]
    public void Example_of_the_page_is_built_with_CMake_and_prints_what_the_page_shows()
    {
        string[] blocks =
            [.. Fence().Matches(File.ReadAllText(Repository.PathOf("docs/EMBEDDING.md"))).Select(match => match.Groups[2].Value)];
        string project = Path.Combine(library.Folder, "project");
        Directory.CreateDirectory(project);
        File.WriteAllText(Path.Combine(project, "main.c"), blocks.First(block => block.Contains("int main(", StringComparison.Ordinal)));
        File.WriteAllText(Path.Combine(project, "CMakeLists.txt"),
            blocks.First(block => block.Contains("add_subdirectory", StringComparison.Ordinal)));
        File.Copy(Repository.PathOf("samples/sensor/sensor.wasm"), Path.Combine(project, "app.wasm"));
        Directory.CreateDirectory(Path.Combine(project, "wamr_nano"));
        foreach (string file in Directory.EnumerateFiles(library.Folder, "*.*")
            .Where(file => Path.GetExtension(file) is ".c" or ".h" or ".txt"))
            File.Copy(file, Path.Combine(project, "wamr_nano", Path.GetFileName(file)));
        string transcript = blocks.First(block => block.StartsWith("$ ", StringComparison.Ordinal));
        string[] commands =
            [.. transcript.Split('\n').Where(line => line.StartsWith("$ ", StringComparison.Ordinal)).Select(line => line[2..])];
        string expected =
            string.Concat(transcript.Split('\n').Where(line => line.Length != 0 && line[0] != '$').Select(line => line + "\n"));
        string output = "";
        foreach (string command in commands.Where(command => !command.StartsWith("wnano", StringComparison.Ordinal)))
            output = ExternalProgram.Run("sh", ["-c", command], project);
        Assert.Equal(expected, output);
    }

    [GeneratedRegex("^```(\\w*)\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [Fact]
    public void Profile_that_is_none_is_refused_with_those_there_are() =>
        Assert.Matches("WN8001 there is no profile 'fast': bytecode, full, interp, xip",
            Wnano.Run("embed", "-o", library.Folder, "--profile", "fast").Error);
}
