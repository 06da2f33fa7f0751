// SPDX-License-Identifier: MIT
// Modules that import what the command line has not, or has to make: functions, memories, tables, globals.
using System;
using System.IO;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Cli;

public sealed class ImportCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wnano");

    public void Dispose() => _folder.Delete(recursive: true);

    private string Write(ModuleBuilder m)
    {
        string path = Path.Combine(_folder.FullName, "app.wasm");
        System.IO.File.WriteAllBytes(path, m.Build());
        return path;
    }

    [Fact]
    public void Run_names_all_that_is_missing_and_runs_without_where_it_may()
    {
        string app = Write(UnlinkedApp.Module());
        UnlinkedApp.NamesBoth(Wnano.Run("run", app, "--invoke", "returns"));
        Assert.Equal("returns: 7\n", Wnano.Run("run", app, "--allow-unlinked", "--invoke", "returns").Output);
        UnlinkedApp.TrapsWithTheName(Wnano.Run("run", app, "--allow-unlinked", "--invoke", "calls"));
    }

    [Fact]
    public void Fit_has_what_boards_have_and_runs_without_the_rest_where_it_may()
    {
        string app = Write(UnlinkedApp.Module());
        UnlinkedApp.NamesBoth(Wnano.Run("fit", app, "--invoke", "returns"));
        ProcessResult r = Wnano.Run("fit", app, "--allow-unlinked", "--invoke", "returns");
        Assert.Equal(0, r.ExitCode);
        Assert.Contains("confirmed: it runs", r.Output, StringComparison.Ordinal);
    }

    private static ModuleBuilder ImportsAll()
    {
        ModuleBuilder m = new();
        m.ImportMemory("env", "memory", 1, 2);
        m.ImportTable("env", "table", 3);
        uint constant = m.ImportGlobal("env", "base", 'I'), variable = m.ImportGlobal("env", "count", 'f', mutable: true);
        Code code = new Code().I32(65_532).I32(40).Op(Opcode.I32Store, 2, 0).I32(65_532)
            .Op(Opcode.I32Load, 2, 0).Op(Opcode.TableSize, 0).Op(Opcode.I32Add);
        code.F32(1.5f).Op(Opcode.GlobalSet, variable).Op(Opcode.GlobalGet, constant).Op(Opcode.I32WrapI64).Op(Opcode.I32Add);
        m.Function(":i", code, export: "f");
        return m;
    }

    [Fact]
    public void Run_gives_memories_and_tables_and_globals_whose_value_is_given()
    {
        string app = Write(ImportsAll());
        Assert.Equal("f: 143\n", Wnano.Run("run", app, "--global", "env.base=100", "--global", "env.count=2.5", "--invoke", "f").Output);
        ProcessResult without = Wnano.Run("run", app, "--global", "env.base=100", "--invoke", "f");
        Assert.Equal(1, without.ExitCode);
        Assert.Matches(@"\[mutable global F32 'env\.count'\]; global: --global module\.name=value ", without.Error);
    }

    [Theory]
    [InlineData("env.base", "does not set a global")]
    [InlineData("env.base=x", "is not a valid I64")]
    [InlineData("env.other=1", "imports no global 'env.other'")]
    public void Values_of_globals_that_do_not_fit_are_refused(string value, string message)
    {
        ProcessResult r = Wnano.Run("run", Write(ImportsAll()), "--global", value, "--invoke", "f");
        Assert.Equal(2, r.ExitCode);
        Assert.Contains(message, r.Error, StringComparison.Ordinal);
    }
}
