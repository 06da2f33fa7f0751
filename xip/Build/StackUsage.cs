// SPDX-License-Identifier: MIT
// How much native stack code uses between checks, from the frames that the C compiler reports.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Wamr.Nano.Xip.Analysis;

namespace Wamr.Nano.Xip.Build;

/// <summary>
/// The frames of an image's functions. An inlined function has no frame of its own. A part that the compiler splits off a function
/// (f1.part.0) counts as part of that function.
/// </summary>
internal sealed class StackUsage
{
    /// <summary>
    /// The stack that the compiler's own library may use for a division or a soft float operation. The compiler reports no frames for it.
    /// </summary>
    private const uint LibraryBytes = 128;

    /// <summary>How deep the functions of the images' library call each other.</summary>
    private const int LibraryDepth = 4;

    /// <summary>The bytes that stay free below the position of a fault, to align the stack as after a call.</summary>
    private const uint FaultAlignment = 24;

    private readonly Dictionary<string, uint> _frames = [];
    private readonly uint _library;

    /// <param name="files">
    /// Files of lines "place:function, bytes, kind", separated by tabs. The bytes count return addresses on the stack.
    /// </param>
    /// <param name="linked">Functions of the image.</param>
    internal StackUsage(IEnumerable<string> files, IReadOnlyCollection<string> linked)
    {
        HashSet<string> own = [];
        foreach (string file in files)
        {
            Dictionary<string, uint> frames = FramesOf(file);
            if (Path.GetFileName(file) is "library.su" or "memory.su") own.UnionWith(frames.Keys);
            // A function of which every file has a copy may have a larger frame in one of them.
            foreach ((string name, uint bytes) in frames) _frames[name] = Math.Max(FrameOf(name), bytes);
        }
        IEnumerable<uint> largest = linked.Where(own.Contains).Select(FrameOf).OrderDescending().Take(LibraryDepth);
        _library = largest.Aggregate(0u, (sum, frame) => sum + frame) + (linked.All(_frames.ContainsKey) ? 0 : LibraryBytes);
    }

    private static Dictionary<string, uint> FramesOf(string file)
    {
        Dictionary<string, uint> frames = [];
        foreach (string line in File.ReadLines(file))
        {
            string[] parts = line.Split('\t');
            string name = parts[0][(parts[0].LastIndexOf(':') + 1)..].Split('.')[0];
            frames[name] = frames.GetValueOrDefault(name) + uint.Parse(parts[1], CultureInfo.InvariantCulture);
        }
        return frames;
    }

    internal uint FrameOf(string function) => _frames.GetValueOrDefault(function);

    /// <summary> The most stack that calls use after a check: down to the next check, including stubs and services. </summary>
    internal uint Margin(ModuleFacts facts, Func<FunctionScan, bool> isChecked)
    {
        uint[] need = new uint[facts.Functions.Count];
        foreach (int f in facts.Graph.CalleesFirst)
        {
            IEnumerable<uint> below = facts.Graph.Callees(f).Where(c => c != f)
                .Select(c => isChecked(facts.Functions[c]) ? FrameOf(facts.Functions[c].Index) : need[c]);
            need[f] = FrameOf(facts.Functions[f].Index) + below.DefaultIfEmpty().Max();
        }
        uint imports = Enumerable.Range(0, facts.ImportedFunctions).Select(n => FrameOf((uint)n)).DefaultIfEmpty().Max();
        return (need.DefaultIfEmpty().Max() + _library + imports + Others() + 7) & ~7u;
    }

    /// <summary>The C functions that are on the stack while a function runs: three if its tail calls bounce.</summary>
    private uint FrameOf(uint function) => FrameOf($"fn{function}") + FrameOf($"body{function}") + FrameOf($"entry{function}");

    /// <summary>The largest chain of functions that are not the module's: entry, stub, service, slow paths, arithmetic.</summary>
    private uint Others() =>
        FrameOf("xip_enter") + Largest("call_") + Largest("slow_") + FrameOf("service") + FrameOf("poll") + FrameOf("trap")
        + FrameOf("raise")
        + Largest("round") + Largest("sqrt") + (FrameOf("fault") is > 0 and uint fault ? fault + FaultAlignment : 0);

    private uint Largest(string prefix) =>
        _frames.Where(f => f.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(f => f.Value).DefaultIfEmpty().Max();
}
