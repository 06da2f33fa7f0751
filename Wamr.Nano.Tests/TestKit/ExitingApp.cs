// SPDX-License-Identifier: MIT
// An app that calls proc_exit in one of its functions, and how to get there.
using System.IO;

namespace Wamr.Nano.Tests.TestKit;

internal static class ExitingApp
{
    /// <summary>What follows the app's name on the command line.</summary>
    public static string[] Arguments(string where) => where is "_start" ? [] : ["--invoke", where == "_initialize" ? "other" : "done"];

    /// <summary>Writes a module that calls proc_exit in one function.</summary>
    public static string File(DirectoryInfo folder, string where, int code)
    {
        ModuleBuilder m = new();
        m.ImportFunction("wasi_snapshot_preview1", "proc_exit", "i:");
        uint exits = m.Function(":", new Code().I32(code).Call(0), export: where == "start" ? null : where);
        if (where == "start") m.Start(exits);
        m.Function(":", new Code().Op(Opcode.Nop), export: where == "done" ? "other" : "done");
        if (where == "_initialize") m.Function(":", new Code().Op(Opcode.Nop), export: "other");
        string file = Path.Combine(folder.FullName, $"{where}{code}.wasm");
        System.IO.File.WriteAllBytes(file, m.Build());
        return file;
    }
}
