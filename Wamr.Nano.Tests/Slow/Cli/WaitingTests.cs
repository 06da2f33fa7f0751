// SPDX-License-Identifier: MIT
// What takes its time is said before it is done, once; what is missing for it, too. What is built is copied with its messages.
using System;
using System.IO;
using System.Text.Json.Nodes;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool.Build;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Cli;

[Trait("Category", "Boards")]
public sealed class WaitingTests : IDisposable
{
    private static readonly string Sensor = Repository.PathOf("samples/sensor/sensor.wasm");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wnano");

    public void Dispose() => _folder.Delete(recursive: true);

    [GccFact]
    public void Build_is_announced_where_there_is_something_to_build()
    {
        string optimize = $"--optimize=-DTEST_{Guid.NewGuid():N}";
        ProcessResult first = Wnano.Run("build", "--board", "host", optimize), second = Wnano.Run("build", "--board", "host", optimize);
        // Another test may build for the same board meanwhile, which is said, too.
        const string waiting = @"(waiting for another wnano [^\n]+\n)*";
        const string building = @"building the firmware of host, which is done once: about \d+ s\n";
        Assert.Matches($"^{waiting}{building}$", first.Error);
        Assert.DoesNotContain("building", second.Error, StringComparison.Ordinal);
        Assert.Equal(first.Output, second.Output);
        string elf = first.Output.TrimEnd().Split('\n')[^1];
        Directory.Delete(Path.GetDirectoryName(Path.GetDirectoryName(elf))!, recursive: true);
    }

    [Theory]
    [InlineData("run {sensor} --board stm32f405 --invoke run 1")]
    [InlineData("ps --board stm32f405")]
    [InlineData("install {sensor} --board mps2-an386")]
    public void Compiler_and_emulator_that_are_missing_are_named_before_anything_is_built(string commandLine)
    {
        if (OperatingSystem.IsWindows()) return;
        string dotnet = ExternalProgram.Locate("dotnet")!;
        ProcessResult r =
            Wnano.Start("env", [$"PATH={_folder.FullName}", $"DOTNET_ROOT={Path.GetDirectoryName(Path.GetFullPath(dotnet))}", dotnet,
            Path.Combine(AppContext.BaseDirectory, "wnano.dll"),
                .. commandLine.Replace("{sensor}", Sensor, StringComparison.Ordinal).Split(' ')]);
        Assert.Equal((1, ""), (r.ExitCode, r.Output));
        Assert.Equal("WN8203 arm-none-eabi-gcc and qemu-system-arm are not installed, 'sudo apt install gcc-arm-none-eabi qemu-system-arm' "
            + "installs what is missing: install it, then see 'wnano doctor'\n", r.Error);
    }

    [Fact]
    public void Copy_of_a_firmware_has_the_same_figures()
    {
        if (ExternalProgram.Locate("arm-none-eabi-gcc") == null) return;
        string copy = Path.Combine(_folder.FullName, "x.elf");
        JsonNode here = Json("build", Sensor, "--board", "stm32f100", "--json"),
            there = Json("build", Sensor, "--board", "stm32f100", "--json", "-o", copy);
        Assert.NotEqual(0, (int)here["libraries"]!);
        foreach (string figure in new[] { "libraries", "flash", "text", "app" }) Assert.Equal((int)here[figure]!, (int)there[figure]!);
        Assert.True(File.Exists(Path.ChangeExtension(copy, ".bin")) && File.Exists(Path.ChangeExtension(copy, ".map")));
    }

    [Theory]
    [InlineData("x.bin", "WN8001 ")]
    [InlineData("x.map", "WN8001 ")]
    public void Name_that_another_file_of_the_firmware_gets_is_refused(string name, string error)
    {
        if (ExternalProgram.Locate("arm-none-eabi-gcc") == null) return;
        ProcessResult r = Wnano.Run("build", "--board", "stm32f100", "-o", Path.Combine(_folder.FullName, name));
        Assert.Equal(2, r.ExitCode);
        Assert.Contains(error, r.Error, StringComparison.Ordinal);
        Assert.Empty(_folder.GetFiles());
    }

    [Fact]
    public void App_that_is_no_module_is_not_built_in()
    {
        string text = Path.Combine(_folder.FullName, "x.wasm");
        File.WriteAllText(text, "(module)");
        Assert.StartsWith("WN1002 ", Wnano.Run("build", text, "--board", "stm32f100").Error, StringComparison.Ordinal);
        Assert.StartsWith("WN8002 there is no file", Wnano.Run("build", "nowhere.wasm", "--board", "stm32f100").Error,
            StringComparison.Ordinal);
    }

    private static JsonNode Json(params string[] arguments) => JsonNode.Parse(Wnano.Run(arguments).Output)!;
}
