// SPDX-License-Identifier: MIT
// What counts as a difference between two engines.
using System.Collections.Generic;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Differential;

public class TraceTests
{
    [Theory]
    [InlineData('f', 0x7FC00000, 0xFFC12345, true)] // quiet, whatever the sign and the payload
    [InlineData('f', 0x7F800001, 0x7F800001, true)]
    [InlineData('f', 0x7F800001, 0x7F800002, false)] // signalling: only moved
    [InlineData('f', 0x7F800001, 0x7FC00001, false)]
    [InlineData('f', 0x80000000, 0x00000000, false)] // -0 is not 0
    [InlineData('F', 0x7FF8000000000000, 0xFFF8000000000001, true)]
    [InlineData('F', 0x7FF0000000000001, 0x7FF8000000000001, false)]
    [InlineData('F', 0x7FF0000000000000, 0x7FF8000000000000, false)] // infinity
    [InlineData('i', 0xFFFFFFFFFFFFFFFF, 0x00000000FFFFFFFF, true)] // 32 bits have no upper half
    [InlineData('I', 0xFFFFFFFFFFFFFFFF, 0x00000000FFFFFFFF, false)]
    [InlineData('n', 1, 77, true)] // references: null or not
    [InlineData('n', 0, 1, false)]
    public void Values_are_the_same_where_the_specification_leaves_no_choice(char type, ulong one, ulong other, bool same) =>
        Assert.Equal(same, Trace.Value(type, one) == Trace.Value(type, other));

    [Fact]
    public void Lines_are_compared_up_to_where_one_engine_ran_out_of_something()
    {
        Trace whole = Of("a", "b", "c");
        Assert.Null(Trace.Difference(whole, Of("a", "b", "c")));
        Assert.Equal("line 1: \"x\" for \"b\"", Trace.Difference(whole, Of("a", "x", "c")));
        Assert.Equal("line 2 is missing: \"c\"", Trace.Difference(whole, Of("a", "b")));
        Assert.Equal("line 2 is too much: \"c\"", Trace.Difference(Of("a", "b"), whole));
        Trace open = Of("a", "b");
        Assert.False(open.Trapped("f", WasmError.NativeStackOverflow));
        Assert.Null(Trace.Difference(whole, open));
        Assert.Null(Trace.Difference(open, whole));
        Assert.NotNull(Trace.Difference(open, Of("a", "x")));
    }

    [Fact]
    public void Digest_sees_each_bit_and_leaves_the_zeros_at_the_end_out()
    {
        byte[] bytes = [1, 2, 3, 4, 5, 6, 7];
        HashSet<uint> digests = [Trace.Digest(bytes)];
        for (int bit = 0; bit < 8 * bytes.Length; bit++)
        {
            byte[] changed = [.. bytes];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.True(digests.Add(Trace.Digest(changed)));
        }
        Assert.Equal(Trace.Digest(bytes), Trace.Digest([.. bytes, 0, 0, 0]));
    }

    private static Trace Of(params string[] lines)
    {
        Trace trace = new();
        foreach (string line in lines) trace.Add(line);
        return trace;
    }
}
