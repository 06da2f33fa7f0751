// SPDX-License-Identifier: MIT
// Sizes of the core's structures as the tools compute them are those the compiler gives them.
using System;
using System.Runtime.CompilerServices;
using Wamr.Nano.Tool.Fit;
using Xunit;

namespace Wamr.Nano.Tests.Tools;

public class LayoutTests
{
    [Fact]
    public void Every_structure_is_as_large_as_on_this_machine()
    {
        foreach (Type type in Layout.Host.Types)
        {
            int here = (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;
            Assert.True(here == Layout.Host.SizeOf(type), $"{type}: {here} B here, {Layout.Host.SizeOf(type)} B computed");
        }
    }

    /// <summary>By hand: pointers of 4 bytes, a 64-bit number at a multiple of 8.</summary>
    [Fact]
    public void Structures_of_a_board_have_pointers_of_four_bytes()
    {
        Assert.Equal(12u, Layout.Board.SizeOf(typeof(FuncBinding)));
        Assert.Equal(20u, Layout.Board.SizeOf(typeof(HostGroup)));
        Assert.Equal(28u, Layout.Board.SizeOf(typeof(MemoryInst)));
    }
}
