// SPDX-License-Identifier: MIT
// The official suite as native code of this machine, a test a script. SPEC chooses as it does for SpecTests.
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Spec;
using Wamr.Nano.Tests.TestKit.Xip;
using Xunit;
using Xunit.Abstractions;

namespace Wamr.Nano.Tests.Slow.Spec;

[Trait("Category", "Spec")]
public class NativeSpecTests(ITestOutputHelper output)
{
    public static TheoryData<string> Scripts => SpecSuite.Scripts;

    [SharedTheory("spec")]
    [MemberData(nameof(Scripts))]
    public void Native_images_pass(string script)
    {
        if (XipEngine.IsPossible) SpecSuite.Run(script, () => new XipEngine(), output);
    }

    [SharedTheory("spec")]
    [MemberData(nameof(Scripts))]
    public void Native_images_with_guard_pages_pass(string script)
    {
        if (XipEngine.IsPossible) SpecSuite.Run(script, () => new GuardedEngine(), output);
    }
}
