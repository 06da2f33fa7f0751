// SPDX-License-Identifier: MIT
// The official suite from bytecode images, a test a script. SPEC chooses as it does for SpecTests.
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Spec;
using Wamr.Nano.Tests.TestKit.Xip;
using Xunit;
using Xunit.Abstractions;

namespace Wamr.Nano.Tests.Slow.Spec;

[Trait("Category", "Spec")]
public class BytecodeSpecTests(ITestOutputHelper output)
{
    public static TheoryData<string> Scripts => SpecSuite.Scripts;

    [SharedTheory("spec")]
    [MemberData(nameof(Scripts))]
    public void Bytecode_images_pass(string script) => SpecSuite.Run(script, () => new BytecodeEngine(), output);
}
