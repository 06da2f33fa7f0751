// SPDX-License-Identifier: MIT
// The builder's bytes against a module written out by hand.
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.KitTests;

public class ModuleBuilderTests
{
    [Fact]
    public void Built_add_module_has_the_bytes_of_the_format()
    {
        ModuleBuilder m = new();
        m.Function("ii:i", new Code().Get(0).Get(1).Op(Opcode.I32Add), export: "add");
        Assert.Equal(
            "0061736D01000000"
                + "0107" + "0160027F7F017F" + "030201" + "00" + "0707" + "01" + "03616464" + "0000" + "0A09" + "0107002000" + "20016A0B",
            System.Convert.ToHexString(m.Build()));
    }

    [Theory]
    [InlineData(-64, "4140")]
    [InlineData(63, "413F")]
    [InlineData(64, "41C000")]
    [InlineData(-65, "41BF7F")]
    public void Signed_constants_take_the_shortest_encoding(int value, string hex) =>
        Assert.Equal(hex, System.Convert.ToHexString(new Code().I32(value).Bytes));
}
