// SPDX-License-Identifier: MIT
// A library (a "reactor" of WASI): a host calls its _initialize before anything else.
namespace Wamr.Nano.Tests.TestKit;

internal static class LibraryApp
{
    /// <summary>Traps when it is initialized twice, as those of wasi-libc do.</summary>
    public static byte[] Module()
    {
        ModuleBuilder m = new();
        m.Global('i', new Code().I32(0), mutable: true);
        m.Function(":", new Code().Op(Opcode.GlobalGet, 0).Open(Opcode.If).Op(Opcode.Unreachable)
            .End().I32(1).Op(Opcode.GlobalSet, 0), export: "_initialize");
        m.Function(":i", new Code().Op(Opcode.GlobalGet, 0), export: "get");
        return m.Build();
    }
}
