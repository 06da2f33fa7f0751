// SPDX-License-Identifier: MIT
// Cases through several engines, all traces held against the first one's.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Wamr.Nano.Tests.TestKit.Generated;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Differential;

/// <param name="oracle">Is right.</param>
/// <param name="engines">Have to agree with it.</param>
internal sealed class Contest(IContender oracle, params IContender[] engines) : IDisposable
{
    private const int Batch = 64;

    private readonly Dictionary<string, TimeSpan> _times = [];

    /// <summary>Cases, calls that returned or trapped, and cases that could be compared in part only since something ran out.</summary>
    public int Cases { get; private set; }

    public int Calls { get; private set; }

    public int Open { get; private set; }

    /// <summary>Cases that all refused.</summary>
    public int Refused { get; private set; }

    public string Summary => $"{Cases} cases, {Calls} calls, {Open} compared in part, {Refused} refused; seconds: "
        + $"{string.Join(", ", _times.Select(time => $"{time.Key} {time.Value.TotalSeconds:F1}"))}";

    /// <summary>Fails the test at the first case that is not the same everywhere; its modules are left in files.</summary>
    public void Hold(IEnumerable<Case> cases)
    {
        foreach (Case[] batch in cases.Chunk(Batch))
        {
            IReadOnlyList<Trace> expected = Timed(oracle, batch);
            bool[] open = [.. expected.Select(trace => trace.IsOpen)];
            foreach (IContender engine in engines)
            {
                IReadOnlyList<Trace> actual = Timed(engine, batch);
                for (int n = 0; n < batch.Length; n++)
                {
                    string? difference = Trace.Difference(expected[n], actual[n]);
                    if (difference != null) Assert.Fail(Report(batch[n], engine, difference));
                    open[n] |= actual[n].IsOpen;
                }
            }
            Cases += batch.Length;
            Calls += batch.Sum(@case => @case.Calls.Count);
            Open += open.Count(isOpen => isOpen);
            Refused += expected.Count(trace => trace.IsRefused);
        }
    }

    private IReadOnlyList<Trace> Timed(IContender contender, Case[] batch)
    {
        long start = Stopwatch.GetTimestamp();
        IReadOnlyList<Trace> traces = contender.Run(batch);
        _times[contender.Name] = _times.GetValueOrDefault(contender.Name) + Stopwatch.GetElapsedTime(start);
        return traces;
    }

    public void Dispose()
    {
        oracle.Dispose();
        foreach (IContender engine in engines) engine.Dispose();
    }

    /// <summary>The smallest case that shows it, with its modules in files.</summary>
    private string Report(Case @case, IContender engine, string difference)
    {
        Case small = Shrinker.Shrink(@case, smaller => Difference(smaller, engine) != null);
        int left = small.Modules.Sum(module => InstrPlace.Of(module.Binary).Count(place => place.Op is not (Opcode.Nop or Opcode.End)));
        return $"{@case.Name}: {engine.Name} is not {oracle.Name}: {difference}; with {left} instructions left: "
            + $"{Difference(small, engine)}; see {Write(small)}";
    }

    /// <summary>Null too of modules that are not valid.</summary>
    private string? Difference(Case @case, IContender engine)
    {
        Trace expected = oracle.Run([@case])[0];
        return expected.IsRefused ? null : Trace.Difference(expected, engine.Run([@case])[0]);
    }

    private static string Write(Case @case)
    {
        string folder = Directory.CreateTempSubdirectory("wnano-contest-").FullName;
        foreach (NamedModule module in @case.Modules) File.WriteAllBytes(Path.Combine(folder, $"{module.Name}.wasm"), module.Binary);
        File.WriteAllLines(Path.Combine(folder, "calls.txt"),
            @case.Calls.Select(call => $"{call.Export} {Trace.Values(call.Parameters, call.Arguments)}"));
        return folder;
    }
}
