// SPDX-License-Identifier: MIT
// The classes that take minutes begin first, so that none of them is left alone at the end of the run with one processor.
using System;
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Tests.Slow;
using Wamr.Nano.Tests.Slow.Boards;
using Wamr.Nano.Tests.Slow.Differential;
using Wamr.Nano.Tests.Slow.Differential.Floats;
using Wamr.Nano.Tests.Slow.Programs;
using Wamr.Nano.Tests.Slow.Spec;
using Wamr.Nano.Tests.Slow.Tools;
using Wamr.Nano.Tests.Slow.Xip;
using Xunit;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer(LongestFirst.Name, "Wamr.Nano.Tests.Slow")]

namespace Wamr.Nano.Tests.Slow;

/// <summary>A class is a collection, and collections are run in this order, as many at once as there are processors.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    internal const string Name = "Wamr.Nano.Tests.Slow.LongestFirst";

    private static readonly Type[] s_longest =
    [
        typeof(NativeCompilerTests), typeof(ImageSpecTests), typeof(NativeSpecTests), typeof(BoardSpecTests), typeof(HeapAllocatorTests),
        typeof(DifferentialTests), typeof(BoardContestTests), typeof(FloatTests), typeof(ProgramTests), typeof(ImageRunTests),
        typeof(StarterTests), typeof(PackTests), typeof(BoardRunTests), typeof(StackTests), typeof(RealBoardTests),
    ];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(collection => PlaceOf(collection.DisplayName))
            .ThenBy(collection => collection.DisplayName, StringComparer.Ordinal);

    /// <summary>xunit names the collection of a class after it.</summary>
    private static int PlaceOf(string collection)
    {
        int place = Array.FindIndex(s_longest, type => collection.EndsWith(" " + type.FullName, StringComparison.Ordinal));
        return place >= 0 ? place : s_longest.Length;
    }
}
