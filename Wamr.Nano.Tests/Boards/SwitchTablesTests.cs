// SPDX-License-Identifier: MIT
// A switch with a table goes where the comparisons went, for every value.
using System;
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Tool.Measure;
using Xunit;

namespace Wamr.Nano.Tests.Boards;

public class SwitchTablesTests
{
    private const int Register = 3;

    [Theory]
    [InlineData(16, false)]
    [InlineData(60, true)]
    [InlineData(193, false)]
    [InlineData(193, true)]
    public void Every_value_goes_where_it_went(int cases, bool gaps)
    {
        Random random = new(cases);
        for (int round = 0; round < 20; round++)
        {
            byte[] before = Function(random, cases, gaps, narrow: false), after = [.. before];
            Assert.Equal(1, SwitchTables.Rewrite(after));
            for (uint value = 0; value < cases + 3; value++) Assert.Equal(End(before, value), End(after, value));
            Assert.Equal(End(before, uint.MaxValue), End(after, uint.MaxValue));
        }
    }

    [Fact]
    public void Value_reaches_its_case_in_few_steps()
    {
        byte[] code = Function(new(1), 193, gaps: false, narrow: false);
        int before = Steps(code, 192);
        SwitchTables.Rewrite(code);
        Assert.True(before > 300);
        Assert.InRange(Steps(code, 192), 1, 5);
    }

    [Fact]
    public void Comparisons_that_are_branched_into_stay()
    {
        byte[] code = Function(new(2), 8, gaps: false, narrow: false);
        int inside = FirstCompare(code) + 6; // the second comparison
        Thumb.PutBranch(code, 0, inside);
        byte[] before = [.. code];
        Assert.Equal(0, SwitchTables.Rewrite(code));
        Assert.Equal(before, code);
    }

    [Fact]
    public void Comparisons_that_leave_no_room_for_the_table_stay()
    {
        // Four cases up to 40: a table of 41 entries.
        byte[] code = Function(new(3), 4, gaps: false, narrow: true);
        code[FirstCompare(code) - 6] = 40;
        byte[] before = [.. code];
        Assert.Equal(0, SwitchTables.Rewrite(code));
        Assert.Equal(before, code);
    }

    /// <summary>
    /// A branch to the switch; places to go to, before and behind it, each a <c>bx lr</c>; the switch:
    /// <c>cmp r3, #last; bhi.w place</c>, then <c>cmp r3, #n; beq place</c> for each case, then <c>b.w place</c>.
    /// </summary>
    private static byte[] Function(Random random, int cases, bool gaps, bool narrow)
    {
        const int places = 16, head = 4;
        int[] values = [.. Enumerable.Range(0, cases).Where(value => !gaps || value == cases - 1 || random.Next(4) != 0)];
        int start = head + places * 2, pair = narrow ? 4 : 6, end = start + 6 + values.Length * pair, length = end + 4 + places * 2;
        byte[] code = new byte[length];
        for (int i = 0; i < places; i++)
        {
            Thumb.Put(code, head + i * 2, 0x4770);
            Thumb.Put(code, end + 4 + i * 2, 0x4770);
        }
        int Place() => random.Next(2) == 0 && !narrow ? head + random.Next(places) * 2 : end + 4 + random.Next(places) * 2;
        Thumb.PutBranch(code, 0, start);
        Thumb.Put(code, start, 0x2800 | Register << 8 | cases - 1);
        PutConditional(code, start + 2, Thumb.Higher, Place());
        for (int i = 0; i < values.Length; i++)
        {
            int at = start + 6 + i * pair;
            Thumb.Put(code, at, 0x2800 | Register << 8 | values[i]);
            if (narrow) Thumb.Put(code, at + 2, 0xD000 | (Place() - at - 2 - Thumb.PcAhead) / 2);
            else PutConditional(code, at + 2, Thumb.Equal, Place());
        }
        Thumb.PutBranch(code, end, Place());
        return code;
    }

    private static void PutConditional(byte[] code, int at, int condition, int target)
    {
        int distance = target - at - Thumb.PcAhead;
        Thumb.Put(code, at, 0xF000 | (distance < 0 ? 1 : 0) << 10 | condition << 6 | distance >> 12 & 63);
        Thumb.Put(code, at + 2, 0x8000 | (distance >> 18 & 1) << 13 | (distance >> 19 & 1) << 11 | distance >> 1 & 0x7FF);
    }

    private static int FirstCompare(byte[] code)
    {
        int at = 4;
        while (!Thumb.IsCompare(code, at, out _, out _)) at += Thumb.Size(code, at);
        return at + 6;
    }

    private static int End(byte[] code, uint value) => Trace(code, value).Last();

    private static int Steps(byte[] code, uint value) => Trace(code, value).Count() - 1;

    /// <summary>
    /// Addresses of the instructions from the function's first to its <c>bx lr</c>, with <paramref name="value"/> in the register.
    /// </summary>
    private static IEnumerable<int> Trace(byte[] code, uint value)
    {
        bool equal = false, higher = false;
        for (int at = 0; ;)
        {
            yield return at;
            int next = at + Thumb.Size(code, at);
            if (Thumb.Half(code, at) == 0x4770) yield break;
            if (Thumb.Half(code, at) == 0xE8DF)
            {
                Assert.Equal(0xF010 | Register, Thumb.Half(code, at + 2));
                next += Thumb.Half(code, next + (int)value * 2) * 2;
            }
            else if (Thumb.IsCompare(code, at, out int register, out int number))
            {
                Assert.Equal(Register, register);
                (equal, higher) = (value == number, value > number);
            }
            else if (Thumb.IsConditional(code, at, out int condition, out int target))
            {
                if (condition == Thumb.Equal ? equal : higher) next = target;
            }
            else next = Thumb.Target(code, at) ?? throw new InvalidOperationException($"no instruction of a switch at {at}");
            at = next;
        }
    }
}
