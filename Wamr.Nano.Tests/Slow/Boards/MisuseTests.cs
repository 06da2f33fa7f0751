// SPDX-License-Identifier: MIT
// What cannot be built is refused in words that say what to do: unknown names, apps and pools that no memory of the board holds.
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Errors;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Boards;

[Trait("Category", "Boards")]
public class MisuseTests
{
    private const string Smallest = "stm32f100";

    [Fact]
    public void Error_about_an_unknown_board_lists_those_there_are() =>
        Assert.Matches("there is no board 'esp9000'; 'wnano boards' lists them",
            Assert.ThrowsAny<System.Exception>(() => BoardKit.Tree.Board("esp9000")).Message);

    [BoardFact]
    public void Error_about_an_unknown_profile_or_backend_lists_those_there_are()
    {
        BoardInfo board = BoardKit.Usable[0];
        Assert.Contains("full, interp, xip", Refusal(board, new() { Profile = "tiny" }));
        Assert.Contains("has no backend 'llvm'", Refusal(board, new() { Backend = "llvm" }));
    }

    [BoardFact]
    public void Error_about_an_app_larger_than_the_flash_has_the_numbers()
    {
        if (!BoardKit.IsUsable(Smallest)) return;
        string app = BoardKit.FileOf(new byte[200 << 10]);
        ToolException e = Assert.Throws<ToolException>(() => BoardKit.Run(Smallest, new() { ModuleFile = app }));
        Assert.StartsWith("WN8103 the app's 204,800 B and the firmware of profile 'full' do not fit the 131,072 B of flash of board "
            + "'stm32f100'", e.Message);
    }

    [BoardFact]
    public void Error_about_a_pool_larger_than_the_RAM_has_the_numbers()
    {
        if (!BoardKit.IsUsable(Smallest)) return;
        ToolException e =
            Assert.Throws<ToolException>(() => BoardKit.Run(Smallest, new() { ModuleFile = BoardKit.Tree.EmptyModule, PoolBytes = 9000 }));
        uint stack = BoardKit.Tree.Board(Smallest).StackBytes;
        Assert.StartsWith(
            $"WN8103 a pool of 9,000 B and a native stack of {stack:N0} B do not fit the 8,192 B of ram of board 'stm32f100'", e.Message);
    }

    private static string Refusal(BoardInfo board, FirmwareOptions options) =>
        Assert.ThrowsAny<System.Exception>(() => new FirmwareBuild(BoardKit.Tree, board, options).Objects()).Message;
}
