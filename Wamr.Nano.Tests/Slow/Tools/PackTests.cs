// SPDX-License-Identifier: MIT
// The packages, as a user gets them: packed, installed from a folder into new projects, built and run.
using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool.Build;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Tools;

[Trait("Category", "Pack")]
public sealed class PackTests : IDisposable
{
    /// <summary>No version that a cache knows.</summary>
    private static readonly string Version = $"0.1.0-test.{DateTime.UtcNow:yyyyMMddHHmmss}";

    /// <summary>An address as of a host that the SDK does not know.</summary>
    private const string Url = "https://example.org/wamr-nano";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wnano-pack");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Packages_install_into_new_projects_that_build_and_run()
    {
        string feed = In("feed");
        foreach (string project in new[] { "Wamr.Nano", "tools/wnano", "nuget/Wamr.Nano.Firmware" })
            Dotnet("pack", Repository.PathOf(project), "-c", "Release", "-o", feed, "--artifacts-path", In("build"),
                $"-p:Version={Version}", $"-p:RepositoryUrl={Url}", $"-p:SourceUrl={Url}/raw/1/*", "-m:1", "-v", "q", "--nologo");
        Assert.Equal(["Wamr.Nano", "Wamr.Nano.Firmware", "Wamr.Nano.Tool"],
            Directory.GetFiles(feed, "*.nupkg").Select(file => Path.GetFileName(file)
                .Replace($".{Version}.nupkg", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        foreach (string package in Directory.GetFiles(feed, "*.nupkg")) PackageFacts.Check(package, Url);
        foreach (string package in new[] { "Wamr.Nano", "Wamr.Nano.Tool" })
            PackageFacts.CheckSymbols(Path.Combine(feed, $"{package}.{Version}.snupkg"), $"{Url}/raw/1/");
        PackageFacts.CheckDocumentation(Path.Combine(feed, $"Wamr.Nano.{Version}.nupkg"), In("documentation"));
        WriteConfig(feed);
        Library();
        string tool = Tool();
        Firmware(tool);
    }

    /// <summary>A console project with the library from the feed.</summary>
    private void Library()
    {
        string project = Project("library", "Wamr.Nano", "Exe");
        File.Copy(Repository.PathOf("samples/sensor/sensor.wasm"), In("library", "app.wasm"));
        File.WriteAllText(In("library", "Program.cs"), """
            using System;
            using System.IO;
            using Wamr.Nano;

            NanoRuntimeOptions options = new() { PoolBytes = 8 * 1024, ReadSensor = channel => 1000 * (int)(channel + 20) };
            using NanoRuntime runtime = new(options);
            runtime.AddSensorModule();
            using NanoModule module = runtime.LoadModule(File.ReadAllBytes(args[0]));
            using NanoInstance app = module.Instantiate(new() { StackBytes = 512 });
            Console.WriteLine(app.GetFunc<int, int>("run")(1));
            """);
        Assert.Equal("temperature: 20.05 C\nhumidity: 21.68 %\nsupply: 22.11 V  ALARM\n1\n",
            Dotnet("run", "--project", project, "-v", "q", "--", In("library", "app.wasm")).Replace("\r", "", StringComparison.Ordinal));
    }

    /// <summary>The tool, installed into a folder of its own.</summary>
    private string Tool()
    {
        Dotnet("tool", "install", "Wamr.Nano.Tool", "--version", Version, "--tool-path", In("tool"), "--configfile", In("nuget.config"));
        string tool = In("tool", OperatingSystem.IsWindows() ? "wnano.exe" : "wnano");
        ProcessResult demo = Wnano.Start(tool, "run", Repository.PathOf("samples/hello/hello.wasm"), "--", "3");
        Assert.Equal((3, "Hello, wasm!\nargument 1: 3\n"), (demo.ExitCode, demo.Output));
        // No clone is around the feed: the boards are those that the tool brings along.
        ProcessResult boards = Start(tool, "boards", "--json");
        Assert.Equal((0, ""), (boards.ExitCode, boards.Error));
        Assert.Contains(JsonNode.Parse(boards.Output)!["boards"]!.AsArray(), board => (string)board!["name"]! == "host");
        if (ExternalProgram.Locate("gcc") == null) return tool;
        ProcessResult onBoard = Start(tool, "run", Repository.PathOf("samples/hello/hello.wasm"), "--board", "host");
        Assert.StartsWith("Hello, wasm!\n", onBoard.Output, StringComparison.Ordinal);
        foreach (string board in new[] { "host", "stm32f405" }.Where(BoardKit.IsUsable)) Image(tool, board);
        return tool;
    }

    /// <summary>
    /// What the compiler of images needs comes with the tool, too: an image is made, run where it lies, and linked into a firmware.
    /// </summary>
    private void Image(string tool, string board)
    {
        string sensor = Repository.PathOf("samples/sensor/sensor.wasm"), image = In(board + ".xip"), elf = In(board + ".elf");
        foreach (string[] command in new[] { ["compile", sensor, "--board", board, "-o", image], ["run", image, "--board", board],
            new[] { "build", image, "--board", board, "-o", elf } })
        {
            ProcessResult r = Start(tool, command);
            Assert.True(r.ExitCode == 0, r.Output + r.Error);
            if (command[0] == "run") Assert.Contains("in the image: nothing was copied", r.Output, StringComparison.Ordinal);
        }
        Assert.True(File.Exists(elf));
    }

    /// <summary>A project that builds the firmware of this machine with an app in it.</summary>
    private void Firmware(string tool)
    {
        if (ExternalProgram.Locate("gcc") == null) return;
        string project = Project("firmware", "Wamr.Nano.Firmware", "Library"), elf = In("firmware", "firmware.elf");
        ProcessResult nameless =
            Wnano.Start("dotnet", "build", project, "-t:Firmware", "-v", "q", "--nologo", $"-p:WnanoCommand={tool}", "-restore");
        Assert.Contains("error WN8001: no board is named", nameless.Output, StringComparison.Ordinal);
        Dotnet("build", project, "-restore", "-t:Firmware", "-v", "q", "--nologo", $"-p:WnanoCommand={tool}", "-p:FirmwareBoard=host",
            $"-p:FirmwareApp={Repository.PathOf("samples/hello/hello.wasm")}", $"-p:FirmwareOutput={elf}");
        ProcessResult run = Wnano.Start(elf);
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("Hello, wasm!\n", run.Output, StringComparison.Ordinal);
    }

    /// <summary>Runs the tool in an empty folder, with a store of its own for the sources it brings along.</summary>
    private ProcessResult Start(string tool, params string[] arguments)
    {
        Directory.CreateDirectory(In("empty"));
        return Wnano.Start("sh", ["-c", "cd \"$1\" && shift && XDG_DATA_HOME=\"$1\" && export XDG_DATA_HOME && shift && exec \"$@\"", "sh",
            In("empty"), In("store"), tool, .. arguments]);
    }

    /// <summary>
    /// The feed beside whatever sources the machine has; packages go to a folder of the test, those the machine has are used from there.
    /// </summary>
    private static string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    private void WriteConfig(string feed) => File.WriteAllText(In("nuget.config"), $"""
        <configuration>
          <config><add key="globalPackagesFolder" value="{In("packages")}" /></config>
          <packageSources><add key="feed" value="{feed}" /></packageSources>
          <fallbackPackageFolders><add key="machine" value="{Path.Combine(Home, ".nuget", "packages")}" /></fallbackPackageFolders>
        </configuration>
        """);

    private string Project(string name, string package, string kind)
    {
        Directory.CreateDirectory(In(name));
        string file = In(name, name + ".csproj");
        File.WriteAllText(file, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>{kind}</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><PackageReference Include="{package}" Version="{Version}" /></ItemGroup>
            </Project>
            """);
        return file;
    }

    private string In(params string[] names) => Path.Combine([_folder.FullName, .. names]);

    private static string Dotnet(params string[] arguments)
    {
        ProcessResult r = Wnano.Start("dotnet", arguments);
        Assert.True(r.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}\n{r.Output}{r.Error}");
        return r.Output;
    }
}
