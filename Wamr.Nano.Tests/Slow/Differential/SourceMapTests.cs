// SPDX-License-Identifier: MIT
// A module of Rust's compiler that an npm package ships: it parses source maps, and passes each mapping to the host.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Xip;
using Wamr.Nano.Xip;
using Xunit;
using Xunit.Abstractions;

namespace Wamr.Nano.Tests.Slow.Differential;

public class SourceMapTests(ITestOutputHelper output)
{
    private const string Library = "source-map";

    private static readonly (string Name, string Type)[] Functions =
    [
        ("allocate_mappings", "i:i"), ("parse_mappings", "i:i"), ("compute_column_spans", "i:"), ("by_generated_location", "i:"),
        ("by_original_location", "i:"), ("original_location_for", "iiii:"), ("generated_location_for", "iiiii:"), ("get_last_error", ":i"),
        ("free_mappings", "i:"),
    ];

    [SkippableFact]
    public void Engines_agree_with_Wasmtime_on_a_parser_of_source_maps()
    {
        PackageCache.Require(WasmtimeOracle.SkipReason == null, WasmtimeOracle.SkipReason ?? "");
        byte[] library = File.ReadAllBytes(Path.Combine(PackageCache.Npm("source-map", "0.8.0"), "lib", "mappings.wasm"));
        List<IContender> engines = [new ReferenceContender(), new CoreContender(), new BytecodeContender()];
        if (XipEngine.IsPossible) engines.Add(new NativeContender("native", new CompileOptions()));
        using Contest contest = new(new WasmtimeContender(), [.. engines]);
        Case[] cases = [.. Enumerable.Range(1, 4).Select(seed => Of(library, new Random(seed)))];
        contest.Hold(cases);
        output.WriteLine(contest.Summary);
        Assert.Equal((4, 0, 0), (contest.Cases, contest.Open, contest.Refused));
        using CoreContender interpreter = new();
        Assert.All(interpreter.Run(cases), trace =>
            Assert.InRange(trace.Lines.Count(line => line.StartsWith("host mapping_callback", StringComparison.Ordinal)), 100, 100_000));
    }

    /// <summary>The library, and a module that writes a map into its memory and asks it questions.</summary>
    private static Case Of(byte[] library, Random random)
    {
        byte[] map = Encoding.ASCII.GetBytes(Map(random));
        ModuleBuilder m = new();
        Dictionary<string, uint> index = Functions.ToDictionary(f => f.Name, f => m.ImportFunction(Library, f.Name, f.Type));
        m.ImportMemory(Library, "memory", 0);
        Code run = new Code().I32(map.Length).Call(index["allocate_mappings"]).Set(0);
        for (int n = 0; n < map.Length; n++) run.Get(0).I32(map[n]).Op(Opcode.I32Store8, 0, (uint)n);
        run.Get(0).Call(index["parse_mappings"]).Tee(1).Op(Opcode.I32Eqz).Open(Opcode.If)
            .Call(index["get_last_error"]).Op(Opcode.Return).End();
        foreach (string all in new[] { "by_generated_location", "compute_column_spans", "by_original_location" })
            run.Get(1).Call(index[all]);
        for (int n = 0; n < 60; n++)
        {
            run.Get(1).I32(random.Next(30)).I32(random.Next(60)).I32(random.Next(1, 3)).Call(index["original_location_for"]);
            run.Get(1).I32(random.Next(3)).I32(random.Next(20)).I32(random.Next(60))
                .I32(random.Next(1, 3)).Call(index["generated_location_for"]);
        }
        m.Function(":i", run.Get(1).Call(index["free_mappings"]).I32(-1), "ii", "run");
        return new("a source map", [new(Library, library), new("main", m.Build())], [new("run", ":i", []), new("run", ":i", [])]);
    }

    /// <summary>Lines of segments of one, four or five numbers, each the difference to the one before.</summary>
    private static string Map(Random random)
    {
        StringBuilder text = new();
        for (int line = 0; line < 25; line++)
        {
            for (int segment = random.Next(12); segment >= 0; segment--)
            {
                text.Append(Number(random.Next(12)));
                int more = random.Next(5);
                if (more > 0)
                    text.Append(Number(line == 0 ? random.Next(2) : 0)).Append(Number(random.Next(3))).Append(Number(random.Next(6)));
                if (more > 2) text.Append(Number(random.Next(3)));
                if (segment != 0) text.Append(',');
            }
            text.Append(';');
        }
        return text.ToString();
    }

    /// <summary>Base 64, five bits a digit, the lowest first; the sign is the lowest bit.</summary>
    private static string Number(int value)
    {
        const string Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        uint rest = (uint)value << 1;
        string text = "";
        for (; rest > 31; rest >>= 5) text += Digits[(int)(rest & 31 | 32)];
        return text + Digits[(int)rest];
    }
}
