// SPDX-License-Identifier: MIT
// An app that ends itself in its start function leaves nothing to be measured: the tools say so and what to do.
using System.IO;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Tools;

public class EndsInStartTests
{
    [Theory]
    [InlineData("fit")]
    [InlineData("estimate")]
    [InlineData("size")]
    public void Tool_says_that_nothing_is_left_to_measure(string command)
    {
        ModuleBuilder m = new();
        uint exit = m.ImportFunction("wasi_snapshot_preview1", "proc_exit", "i:");
        m.Memory(1);
        m.Start(m.Function(":", new Code().I32(3).Call(exit), export: "_start"));
        string file = Path.GetTempFileName() + ".wasm";
        File.WriteAllBytes(file, m.Build());
        ProcessResult r = Wnano.Run(command, file);
        File.Delete(file);
        Assert.Equal(
            (1, "WN8111 the app ends itself in its start function, with exit code 3: its instance is gone before it can be measured: "
                + "let the start function "
            + "return, and end the app in a function that is called; 'wnano run' runs it as it is\n"), (r.ExitCode, r.Error));
    }
}
