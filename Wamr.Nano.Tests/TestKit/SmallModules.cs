// SPDX-License-Identifier: MIT
// Small modules that the tests of the hosted API share.

namespace Wamr.Nano.Tests.TestKit;

internal static class SmallModules
{
    /// <summary>A module of one exported function "f".</summary>
    public static byte[] Of(string signature, Code body, string locals = "")
    {
        ModuleBuilder m = new();
        m.Function(signature, body, locals, "f");
        return m.Build();
    }

    public static byte[] Add => Of("ii:i", new Code().Get(0).Get(1).Op(Opcode.I32Add));

    /// <summary>f(n) counts to n in a loop and gives n.</summary>
    public static byte[] CountTo => Of(
        "i:i",
        new Code().Open(Opcode.Loop)
            .Get(1).I32(1).Op(Opcode.I32Add).Tee(1).Get(0).Op(Opcode.I32LtU).Op(Opcode.BrIf, 0)
            .End().Get(1),
        "i");

    /// <summary>Exports "memory" of one page, at most three, with "hi" at 8, and load and store of a byte.</summary>
    public static byte[] Memory
    {
        get
        {
            ModuleBuilder m = new();
            m.Memory(1, 3, export: "memory");
            m.Data(8, (byte)'h', (byte)'i', 0);
            m.Function("i:i", new Code().Get(0).Op(Opcode.I32Load8U, 0, 0), export: "load");
            m.Function("ii:", new Code().Get(0).Get(1).Op(Opcode.I32Store8, 0, 0), export: "store");
            return m.Build();
        }
    }

    /// <summary>Imports env.host of a signature and exports "f", which hands its arguments on to it.</summary>
    public static byte[] CallsHost(string signature)
    {
        ModuleBuilder m = new();
        uint host = m.ImportFunction("env", "host", signature);
        Code body = new();
        for (uint i = 0; i < signature.IndexOf(':'); i++) body.Get(i);
        m.Function(signature, body.Call(host), export: "f");
        return m.Build();
    }
}
