// SPDX-License-Identifier: MIT
// Size is a test: no figure of a board grows beyond the budget in its board.json.
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Tool.Boards;
using Xunit;

namespace Wamr.Nano.Tests.Boards;

[Trait("Category", "Boards")]
public class BudgetTests
{
    public static TheoryData<string> Freestanding => BoardKit.Names(board => board.IsFreestanding);

    [BoardTheory]
    [MemberData(nameof(Freestanding))]
    public void Figures_are_within_the_budget(string name)
    {
        IReadOnlyList<Figure> figures = BoardFigures.Measure(BoardKit.Tree, BoardKit.Tree.Board(name));
        Assert.Empty(figures.Where(figure => figure.Budget == null).Select(figure => $"{figure.Name} has no budget"));
        Assert.Empty(figures.Where(figure => figure.IsOver).Select(figure => $"{figure.Name}: {figure.Value} B of {figure.Budget}"));
    }

    [BoardTheory]
    [MemberData(nameof(Freestanding))]
    public void Budgets_name_figures_that_are_measured(string name)
    {
        BoardInfo board = BoardKit.Tree.Board(name);
        IEnumerable<string> measured = BoardFigures.Measure(BoardKit.Tree, board).Select(figure => figure.Name);
        Assert.Empty(board.Budget.Keys.Except(measured));
    }
}
