// SPDX-License-Identifier: MIT
// A firmware treats imports that are missing as the command line does here.
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Cli;

public sealed class BoardImportTests
{
    [BoardFact]
    public void Board_does_as_the_command_line_does()
    {
        if (!BoardKit.IsUsable("mps2-an386")) return;
        string app = BoardKit.FileOf(UnlinkedApp.Module().Build());
        UnlinkedApp.NamesBoth(Wnano.Run("run", app, "--board", "mps2-an386", "--invoke", "returns"));
        Assert.Equal("returns: 7\n", Wnano.Run("run", app, "--board", "mps2-an386", "--allow-unlinked", "--invoke", "returns").Output);
        UnlinkedApp.TrapsWithTheName(Wnano.Run("run", app, "--board", "mps2-an386", "--allow-unlinked", "--invoke", "calls"));
    }
}
