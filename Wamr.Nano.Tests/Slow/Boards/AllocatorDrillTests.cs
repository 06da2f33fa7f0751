// SPDX-License-Identifier: MIT
// The allocator at work on every board: random operations that check themselves, the same blocks at the same places on each.
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Emulate;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Boards;

[Trait("Category", "Boards")]
public class AllocatorDrillTests
{
    private const uint Pool = 5 << 10;

    public static TheoryData<string> All => BoardKit.Names(_ => true);

    [BoardTheory]
    [MemberData(nameof(All))]
    public void Random_operations_keep_contents_and_leave_nothing(string board)
    {
        foreach (uint[] how in new uint[][] { [0, 0], [1, 0], [0, 5] })
        {
            BoardResult result =
                BoardKit.Lab(board, PlanMode.Allocator, new() { ModuleFile = BoardKit.Tree.EmptyModule, Slots = how, PoolBytes = Pool });
            Assert.Equal((board, (uint?)0), (board, result.Figure("drill", "wrong")));
            Assert.NotEqual(0u, result.Figure("drill", "refused"));
            Assert.InRange(result.Figure("drill", "high") ?? 0, Pool / 2, Pool);
        }
    }

    [BoardFact]
    public void Blocks_lie_at_the_same_places_on_every_board()
    {
        List<(string, uint?)> digests =
            [.. BoardKit.Usable.Where(board => board.IsFreestanding).Select(board => (board.Name, Digest(board.Name)))];
        Assert.All(digests, one => Assert.Equal(digests[0].Item2, one.Item2));
    }

    private static uint? Digest(string board) =>
        BoardKit.Lab(board, PlanMode.Allocator, new() { ModuleFile = BoardKit.Tree.EmptyModule, Slots = [0, 0], PoolBytes = Pool })
            .Figure("drill", "digest");
}
