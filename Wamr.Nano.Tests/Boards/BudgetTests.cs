// SPDX-License-Identifier: MIT
// Size is a test: no figure of a board grows beyond its budget.json.
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
        BoardInfo board = BoardKit.Tree.Board(name);
        IReadOnlyList<Figure> figures = BoardFigures.Measure(BoardKit.Tree, board);
        BoardBudget budget = BoardBudget.Of(board);
        string[] over = [.. figures.Where(figure => figure.IsOver).Select(figure => $"{figure.Name} {figure.Value} B of {figure.Budget?.ToString() ?? "no budget"}")];
        Assert.True(over.Length == 0, $"""
            {name} has grown: {string.Join(", ", over)}. Make it smaller, or run 'wnano budget --accept' and commit the new budget with the reason.
            The budget is of {budget.Compiler}, this was made by {BoardBudget.CompilerOf(board)}.
            """);
        Assert.Empty(budget.Figures.Keys.Except(figures.Select(figure => figure.Name)));
    }
}
