// SPDX-License-Identifier: MIT
// What programs see of the streams they run with: whether they are terminals, devices, files or pipes.
using System;
using System.IO;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Hosted;

public sealed class HostStreamsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Streams_of_the_embedder_are_files_where_they_are_files_and_pipes_otherwise()
    {
        using FileStream file = File.Create(Path.Combine(_folder, "x"));
        using MemoryStream memory = new();
        Assert.Equal((StreamKind.File, StreamKind.Pipe), (HostStreams.KindOf(file, 1), HostStreams.KindOf(memory, 1)));
    }

    /// <summary>
    /// File types of the three descriptors, a decimal digit each: 0 unknown, 2 character device, 4 file; 1,000 for each that can seek.
    /// </summary>
    private string Kinds()
    {
        ModuleBuilder m = new();
        uint stat = m.ImportFunction("wasi_snapshot_preview1", "fd_fdstat_get", "ii:i");
        m.Memory(1);
        Code code = new();
        int[] weights = [100, 10, 1];
        for (int fd = 0; fd < weights.Length; fd++)
        {
            code.I32(fd).I32(64).Call(stat).Op(Opcode.Drop);
            code.I32(64).Op(Opcode.I32Load8U, 0, 0).I32(weights[fd]).Op(Opcode.I32Mul);
            code.I32(72).Op(Opcode.I32Load8U, 0, 0).I32(2).Op(Opcode.I32ShrU).I32(1).Op(Opcode.I32And)
                .I32(1000).Op(Opcode.I32Mul).Op(Opcode.I32Add);
            if (fd != 0) code.Op(Opcode.I32Add);
        }
        m.Function(":i", code, export: "kinds");
        string path = Path.Combine(_folder, "kinds.wasm");
        File.WriteAllBytes(path, m.Build());
        return path;
    }

    [LinuxTheory]
    [InlineData("< /dev/null | cat", "kinds: 1200")]
    [InlineData("< kinds.wasm | cat", "kinds: 400")]
    [InlineData("< /dev/null > out; cat out", "kinds: 1240")]
    [InlineData("< /dev/null 2> /dev/null > out; cat out", "kinds: 2242")]
    public void Console_is_what_the_shell_made_it(string redirection, string expected)
    {
        string command =
            $"cd {_folder} && dotnet {Path.Combine(AppContext.BaseDirectory, "wnano.dll")} run {Kinds()} --invoke kinds {redirection}";
        Assert.Equal(expected, Wnano.Start("sh", "-c", command).Output.Trim());
    }
}

[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxTheoryAttribute : TheoryAttribute
{
    public LinuxTheoryAttribute() =>
        Skip = OperatingSystem.IsLinux() ? null : "only on Linux does the runtime know the kinds of redirected streams";
}
