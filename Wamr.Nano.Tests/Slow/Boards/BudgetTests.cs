// SPDX-License-Identifier: MIT
// Size is a test: no figure of a board grows beyond its budget.json.
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Measure;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Boards;

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
        string[] over = [.. figures.Where(figure => figure.IsOver)
            .Select(figure => $"{figure.Name} {figure.Value} B of {figure.Budget?.ToString() ?? "no budget"}")];
        Assert.True(over.Length == 0, $"""
            {name} has grown: {string.Join(", ", over)}. Make it smaller, or run 'wnano budget --accept'
            and commit the new budget with the reason.
            The budget is of {budget.Compiler}, this was made by {BoardBudget.CompilerOf(board)}.
            """);
        Assert.Empty(budget.Figures.Keys.Except(figures.Select(figure => figure.Name)));
    }

    [Fact]
    public void Tables_of_the_documentation_are_those_of_the_budgets()
    {
        var files = BoardTables.Files(BoardKit.Tree).ToList();
        Assert.NotEmpty(files);
        foreach (var (file, text) in files)
            Assert.True(text == File.ReadAllText(file), $"{file} has other figures than budget.json; 'wnano budget --accept' writes both");
    }

    [Fact]
    public void Every_board_with_a_budget_has_its_figures_in_its_README()
    {
        string[] without = [.. BoardKit.Tree.AllBoards().Where(board => BoardBudget.Of(board).Figures.Count != 0)
            .Select(board => Path.Combine(board.Folder, "README.md"))
            .Where(readme => !File.Exists(readme) || !File.ReadAllText(readme).Contains("| pool.add |"))];
        Assert.Empty(without);
    }

    /// <summary>Everything of the app in 6 KB of the 8 that the smallest board has: pool, runtime, native stack.</summary>
    [BoardFact]
    public void Smallest_board_runs_the_sensor_app_with_2_KB_to_spare()
    {
        const string name = "stm32f100";
        const uint spare = 2 << 10;
        if (!BoardKit.IsUsable(name)) return;
        BoardInfo board = BoardKit.Tree.Board(name);
        uint ram = board.Memory.Single(area => area.Name == "ram").Length;
        uint variables = (uint)BoardBudget.Of(board).Figures["ram.full"];
        AppPlan plan = BoardKit.Function("samples/sensor/sensor.wasm", "run",
            16) with { PoolBytes = (ram - spare - board.StackBytes - variables) & ~7u };
        var (result, console) = BoardKit.Run(name, plan);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("ALARM", console);
    }
}
