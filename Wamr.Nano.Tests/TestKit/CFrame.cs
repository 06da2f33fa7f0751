// SPDX-License-Identifier: MIT
// How functions of LLVM's compilers take a frame of C's stack, whose pointer is global 0, and give it back.

namespace Wamr.Nano.Tests.TestKit;

internal static class CFrame
{
    /// <summary>The first instructions of a function; its frame's address goes to <paramref name="local"/>.</summary>
    public static Code Taken(uint local, int bytes) =>
        new Code().Op(Opcode.GlobalGet, 0).I32(bytes).Op(Opcode.I32Sub).Tee(local).Op(Opcode.GlobalSet, 0);

    public static Code GivenBack(uint local, int bytes) => new Code().Get(local).I32(bytes).Op(Opcode.I32Add).Op(Opcode.GlobalSet, 0);
}
