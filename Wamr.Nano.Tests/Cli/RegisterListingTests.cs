// SPDX-License-Identifier: MIT
// The disassembly of register code: every line is an instruction, every branch leads to one.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool.Dump;
using Xunit;

namespace Wamr.Nano.Tests.Cli;

public class RegisterListingTests
{
    public static TheoryData<string> Samples => ["samples/sensor/sensor.wasm", "samples/hello/hello.wasm", "bench/kernels/dispatch.wasm"];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Branches_lead_to_instructions_and_padding_is_none(string sample)
    {
        using NanoRuntime runtime = new(0);
        NanoModule module = runtime.LoadModule(File.ReadAllBytes(Repository.PathOf(sample)));
        int branches = 0;
        foreach ((uint index, _) in ModuleListing.Functions(module))
        {
            List<Line> lines = [.. RegisterListing.Function(module, index)];
            HashSet<uint> starts = [.. lines.Select(line => line.Offset)];
            foreach (Match target in lines.SelectMany(line => Regex.Matches(line.Text, "-> ([0-9a-f]{6})")))
            {
                branches++;
                Assert.Contains(uint.Parse(target.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture), starts);
            }
            Assert.DoesNotContain(lines, line => line.Text.Contains("trap None", StringComparison.Ordinal));
        }
        Assert.InRange(branches, 10, int.MaxValue);
    }

    [Fact]
    public void Branch_table_shows_all_its_targets()
    {
        Code body = new Code().Open(Opcode.Block).Open(Opcode.Block).Get(0).Op(Opcode.BrTable, 2, 0, 1, 0).End().I32(5).Set(0).End().Get(0);
        using NanoRuntime runtime = new(0);
        string line = RegisterListing.Function(runtime.LoadModule(SmallModules.Of("i:i", body)), 0)
            .Single(l => l.Text.Contains("br_table", StringComparison.Ordinal)).Text;
        Assert.Equal(3, line.Split("->").Length - 1);
    }
}
