// SPDX-License-Identifier: MIT
// Modules made elsewhere get what they import, and all they export is called.
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Differential;

public class ForeignCasesTests
{
    [Fact]
    public void Imported_memories_tables_and_globals_come_from_a_module_made_for_them()
    {
        ModuleBuilder m = new();
        uint report = m.ImportFunction("env", "report", "i:i");
        m.ImportMemory("env", "memory", 1, 3);
        m.ImportTable("env", "table", 4);
        m.ImportGlobal("env", "variable", 'i', mutable: true);
        m.ImportGlobal("other", "nothing", 'r');
        m.Function("i:i", new Code().Get(0).Op(Opcode.GlobalSet, 0).Op(Opcode.MemorySize, 0)
            .Op(Opcode.TableSize, 0).Op(Opcode.I32Add).Call(report), export: "f");
        m.Function(":i", new Code().Op(Opcode.GlobalGet, 1).Op(Opcode.RefIsNull), export: "g");
        Case made = ForeignCases.Of("test", m.Build(), 5);
        Assert.Equal(["env", "other", "main"], made.Modules.Select(module => module.Name));
        Assert.Equal(["f", "g", "f", "g"], made.Calls.Select(call => call.Export));
        using CoreContender interpreter = new();
        Trace trace = Assert.Single(interpreter.Run([made]));
        string set = Trace.Value('i', made.Calls[2].Arguments[0]);
        string[] f = ["host report 5", $"f returned {"report".Length * 31 + 5:x}"];
        Assert.Equal(["instantiated", "instantiated", "instantiated", .. f, "g returned 1", .. f, "g returned 1",
            "memory memory: 65536 bytes, digest 00000000", "table table: ----", $"global variable: {set}",
                "global nothing: null"], trace.Lines);
    }

    [Fact]
    public void Nothing_is_called_of_a_module_that_is_refused()
    {
        ModuleBuilder m = new();
        m.Function(":i", new Code(), export: "f");
        Case made = ForeignCases.Of("test", m.Build(), 5);
        Assert.Empty(made.Calls);
        using CoreContender interpreter = new();
        Assert.Equal(["refused"], Assert.Single(interpreter.Run([made])).Lines);
    }
}
