// SPDX-License-Identifier: MIT
// Makes a case smaller that shows something: fewer calls, then nop in place of instructions, as long as it still shows.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using Wamr.Nano.Tests.TestKit.Generated;

namespace Wamr.Nano.Tests.Slow.Differential;

internal static class Shrinker
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <param name="case">Shows it.</param>
    /// <param name="shows">Whether another case does. It is asked about modules that are not valid, too.</param>
    /// <returns>The smallest found in a minute.</returns>
    public static Case Shrink(Case @case, Func<Case, bool> shows)
    {
        long start = Stopwatch.GetTimestamp();
        bool Shows(Case smaller) => Stopwatch.GetElapsedTime(start) < Patience && shows(smaller);
        Case small = WithFewerCalls(@case, Shows);
        for (int module = 0; module < small.Modules.Count; module++)
            foreach (Blank blank in Blanks(small.Modules[module].Binary))
            {
                byte[] binary = blank.In(small.Modules[module].Binary);
                if (binary.AsSpan().SequenceEqual(small.Modules[module].Binary)) continue;
                NamedModule[] modules = [.. small.Modules];
                modules[module] = modules[module] with { Binary = binary };
                if (Shows(small with { Modules = modules })) small = small with { Modules = modules };
            }
        return small;
    }

    /// <summary>Half of the calls are left out, then a quarter, down to single ones.</summary>
    private static Case WithFewerCalls(Case @case, Func<Case, bool> shows)
    {
        for (int size = (@case.Calls.Count + 1) / 2; size > 0; size /= 2)
            for (int at = 0; at < @case.Calls.Count;)
            {
                Case fewer = @case with { Calls = [.. @case.Calls.Take(at), .. @case.Calls.Skip(at + size)] };
                if (shows(fewer)) @case = fewer;
                else at += size;
            }
        return @case;
    }

    /// <summary>Bodies, blocks, runs of instructions, the larger first: nothing moves, so one list serves to the end.</summary>
    private static IEnumerable<Blank> Blanks(byte[] binary)
    {
        List<InstrPlace> places = InstrPlace.Of(binary);
        foreach (InstrPlace[] body in places.GroupBy(place => place.Function).Select(group => group.ToArray()))
            if (body.Length > 1) yield return new(body[0].At, body[^1].At, true);
        Stack<int> open = new();
        List<Blank> blocks = [];
        foreach (InstrPlace place in places)
            if (place.Op is Opcode.Block or Opcode.Loop or Opcode.If) open.Push(place.At);
            else if (place.Op == Opcode.End && open.TryPop(out int from)) blocks.Add(new(from, place.At + place.Length, false));
        foreach (Blank block in blocks.OrderByDescending(block => block.To - block.From)) yield return block;
        for (int size = 16; size > 0; size--)
            for (int n = 0; n + size <= places.Count; n++)
                if (places[n].Function == places[n + size - 1].Function)
                    yield return new(places[n].At, places[n + size - 1].At + places[n + size - 1].Length, false);
    }

    /// <param name="From">First byte.</param>
    /// <param name="To">Behind the last.</param>
    /// <param name="Ends">Whether it begins with unreachable, so that what follows need not have values.</param>
    private sealed record Blank(int From, int To, bool Ends)
    {
        public byte[] In(byte[] binary)
        {
            byte[] blanked = [.. binary];
            blanked.AsSpan(From, To - From).Fill((byte)Opcode.Nop);
            if (Ends) blanked[From] = (byte)Opcode.Unreachable;
            return blanked;
        }
    }
}
