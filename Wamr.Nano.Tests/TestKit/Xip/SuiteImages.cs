// SPDX-License-Identifier: MIT
// Native images of all modules of the suite for a target, made once for all tests, by as many compilers at once as there are processors.
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Wamr.Nano.Tests.TestKit.Spec;
using Wamr.Nano.Xip;
using Wamr.Nano.Xip.Build;

namespace Wamr.Nano.Tests.TestKit.Xip;

internal sealed class SuiteImages
{
    private static readonly ConcurrentDictionary<string, Lazy<SuiteImages>> s_targets = new();

    private readonly CodeCache _cache = new();
    private readonly ConcurrentDictionary<string, Lazy<byte[]>> _images = new();
    private readonly CompileOptions _options;

    private SuiteImages(CompileOptions options) => _options = options with { Jobs = 1, Cache = _cache };

    /// <summary>Images for a target; none is made before it is asked for.</summary>
    public static SuiteImages For(string target, bool guardPages = false) =>
        s_targets.GetOrAdd($"{target} {guardPages}", _ => new(() => new(new() { Target = target, GuardPages = guardPages }))).Value;

    /// <summary>Programs that were compiled: modules without code, and such as differ in their data alone, have one in common.</summary>
    public int Programs => _cache.Linked;

    /// <summary>As the suite wants them: modules grow each other's memories, write to each other's tables and count whole pages.</summary>
    public byte[] Of(ReadOnlySpan<byte> module) => Compiled(module.ToArray(), open: true);

    /// <summary>Makes images of all modules, with the options that are the default and with those the suite wants.</summary>
    /// <returns>How many, and which could not be made and why.</returns>
    public (int Count, IReadOnlyCollection<string> Failures) MakeAll()
    {
        ConcurrentQueue<(string Name, byte[] Module)> left = new(SuiteModules.Loaded().DistinctBy(m => Convert.ToBase64String(m.Binary)));
        int count = left.Count;
        ConcurrentBag<string> failures = [];
        // Threads of their own: they wait for compilers most of the time, and for them on threads of the pool.
        Task.WaitAll([.. Enumerable.Range(0, Environment.ProcessorCount)
            .Select(_ => Task.Factory.StartNew(Work, TaskCreationOptions.LongRunning))]);
        return (count, failures);

        void Work()
        {
            while (left.TryDequeue(out (string Name, byte[] Module) next))
                foreach (bool open in (bool[])[false, true])
                    try
                    {
                        Compiled(next.Module, open);
                    }
                    catch (CompileException e)
                    {
                        failures.Add($"{next.Name}: {e.Message}");
                    }
        }
    }

    private byte[] Compiled(byte[] module, bool open) => _images.GetOrAdd($"{open} {Convert.ToBase64String(module)}", _ => new(() =>
        ImageCompiler.Compile(module, _options with { Open = open, WholePages = open }))).Value;
}
