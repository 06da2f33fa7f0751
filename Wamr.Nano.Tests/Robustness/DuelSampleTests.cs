// SPDX-License-Identifier: MIT
// A sample of the contests between the engine and the reference evaluator; DuelTests among the slow tests has thousands of modules.
using System.Linq;
using Wamr.Nano.Tests.TestKit.Generated;
using Xunit;

namespace Wamr.Nano.Tests.Robustness;

public class DuelSampleTests
{
    private const int FirstSeed = 1_600_000_000;

    [Fact]
    public void Interpreter_and_reference_agree() => Run(DuelEngine.Interpreter, 300);

    [Fact]
    public void Bytecode_images_and_reference_agree() => Run(DuelEngine.Bytecode, 100);

    private static void Run(DuelEngine engine, int modules)
    {
        using Duel duel = new(engine: engine);
        foreach (int seed in Enumerable.Range(FirstSeed, modules))
        {
            string? difference = duel.Fight(seed, random => new() { CallsBack = random.Next(3) == 0 });
            Assert.True(difference == null, $"seed {seed}: {difference}");
        }
        duel.AssertClean();
    }
}
