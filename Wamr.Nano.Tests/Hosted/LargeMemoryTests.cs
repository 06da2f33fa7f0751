// SPDX-License-Identifier: MIT
// Memories beyond what .NET's spans can have: 2,147,483,647 bytes. Nothing wraps, and the message says what to do.
using System;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Hosted;

public sealed unsafe class LargeMemoryTests : IDisposable
{
    private const uint Size = 0xC0000000;

    private readonly nint _pages = Pages.Map(0, Size, Pages.ReadWrite, Pages.PrivateAnonymous | Pages.Unreserved, -1, 0);

    public void Dispose() => Assert.Equal(0, Pages.Unmap(_pages, Size));

    [Fact]
    public void Bytes_of_three_gigabytes_are_had_in_parts()
    {
        if (OperatingSystem.IsWindows()) return;
        MemoryInst inst = new() { Data = (byte*)_pages, Size = Size, Pages = Size >> 16 };
        NanoMemory memory = new(&inst);
        Assert.Equal(Size, memory.Size);
        InvalidOperationException e = Caught<InvalidOperationException>(inst, m => m.Bytes);
        Assert.Equal(
            "3,221,225,472 bytes do not fit a span, which has 2,147,483,647 at most: take parts of them (NanoMemory.Slice)", e.Message);
        Caught<InvalidOperationException>(inst, m => m.Slice(0, 0x80000000));
        Caught<ArgumentOutOfRangeException>(inst, m => m.Slice(Size - 4, 5));
        Assert.Equal(int.MaxValue, memory.Slice(1, int.MaxValue).Length);
        memory.Slice(Size - 4, 4).Fill(7);
        Assert.Equal(0x07070707, memory.Read<int>(Size - 4));
        "far"u8.CopyTo(memory.Slice(Size - 100, 3));
        Assert.Equal("far", memory.ReadString(Size - 100));
        Assert.Equal("far", memory.ReadString(Size - 100, 3));
        memory.Write(0xA0000000, 42L);
        Assert.Equal(42, ((long*)(_pages + 0xA0000000))[0]);
    }

    private delegate Span<byte> Part(NanoMemory memory);

    private static T Caught<T>(MemoryInst inst, Part part)
        where T : Exception => Assert.Throws<T>(() =>
        {
            MemoryInst copy = inst;
            part(new(&copy));
        });
}
