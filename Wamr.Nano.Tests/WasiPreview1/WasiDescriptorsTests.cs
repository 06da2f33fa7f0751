// SPDX-License-Identifier: MIT
// Errors of every function for every kind of descriptor, and what programs see of the streams.
using System.Linq;
using Xunit;

namespace Wamr.Nano.Tests.WasiPreview1;

public unsafe class WasiDescriptorsTests
{
    private const int Success = 0, BadFileDescriptor = 8, Invalid = 28, NoSystem = 52, NotDirectory = 54, NotSocket = 57,
        NotSupported = 58, NotSeekable = 70;

    private const byte Unknown = 0, CharacterDevice = 2, RegularFile = 4;

    private const ulong ReadRight = 1 << 1, SeekRight = 1 << 2, TellRight = 1 << 5, WriteRight = 1 << 6;

    /// <summary>Function, what it answers of standard input, of standard output and error; which argument is the descriptor.</summary>
    public static TheoryData<int, int, int, int> Answers => new()
    {
        { (int)WasiFunction.FdAdvise, NotSeekable, NotSeekable, 0 },
        { (int)WasiFunction.FdAllocate, NotSeekable, NotSeekable, 0 },
        { (int)WasiFunction.FdClose, Success, Success, 0 },
        { (int)WasiFunction.FdDatasync, Invalid, Invalid, 0 },
        { (int)WasiFunction.FdFdstatGet, Success, Success, 0 },
        { (int)WasiFunction.FdFdstatSetFlags, Success, Success, 0 },
        { (int)WasiFunction.FdFdstatSetRights, NotSupported, NotSupported, 0 },
        { (int)WasiFunction.FdFilestatGet, Success, Success, 0 },
        { (int)WasiFunction.FdFilestatSetSize, Invalid, Invalid, 0 },
        { (int)WasiFunction.FdFilestatSetTimes, NotSupported, NotSupported, 0 },
        { (int)WasiFunction.FdPread, NotSeekable, NotSeekable, 0 },
        { (int)WasiFunction.FdPrestatGet, BadFileDescriptor, BadFileDescriptor, 0 },
        { (int)WasiFunction.FdPrestatDirName, NotDirectory, NotDirectory, 0 },
        { (int)WasiFunction.FdPwrite, NotSeekable, NotSeekable, 0 },
        { (int)WasiFunction.FdRead, Success, BadFileDescriptor, 0 },
        { (int)WasiFunction.FdReaddir, BadFileDescriptor, BadFileDescriptor, 0 },
        { (int)WasiFunction.FdRenumber, Success, Success, 0 },
        { (int)WasiFunction.FdRenumber, Success, Success, 1 },
        { (int)WasiFunction.FdSeek, NotSeekable, NotSeekable, 0 },
        { (int)WasiFunction.FdSync, Invalid, Invalid, 0 },
        { (int)WasiFunction.FdTell, NotSeekable, NotSeekable, 0 },
        { (int)WasiFunction.FdWrite, BadFileDescriptor, Success, 0 },
        { (int)WasiFunction.PathCreateDirectory, NotDirectory, NotDirectory, 0 },
        { (int)WasiFunction.PathFilestatGet, NotDirectory, NotDirectory, 0 },
        { (int)WasiFunction.PathFilestatSetTimes, NotDirectory, NotDirectory, 0 },
        { (int)WasiFunction.PathLink, NotDirectory, NotDirectory, 0 },
        { (int)WasiFunction.PathOpen, NotDirectory, NotDirectory, 0 },
        { (int)WasiFunction.PathReadlink, NotDirectory, NotDirectory, 0 },
        { (int)WasiFunction.PathRemoveDirectory, NotDirectory, NotDirectory, 0 },
        { (int)WasiFunction.PathRename, NotDirectory, NotDirectory, 0 },
        { (int)WasiFunction.PathSymlink, NotDirectory, NotDirectory, 2 },
        { (int)WasiFunction.PathUnlinkFile, NotDirectory, NotDirectory, 0 },
        { (int)WasiFunction.SockAccept, NotSocket, NotSocket, 0 },
        { (int)WasiFunction.SockRecv, NotSocket, NotSocket, 0 },
        { (int)WasiFunction.SockSend, NotSocket, NotSocket, 0 },
        { (int)WasiFunction.SockShutdown, NotSocket, NotSocket, 0 },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void Streams_answer_for_what_they_are_and_closed_descriptors_that_they_are_none(int function, int ofInput,
        int ofOutput, int argument)
    {
        foreach (uint fd in new uint[] { 0, 1, 2 })
        {
            Assert.Equal(fd == 0 ? ofInput : ofOutput, Call(fd, close: false));
            Assert.Equal(BadFileDescriptor, Call(fd, close: true));
        }
        foreach (uint fd in new uint[] { 3, 4, 16, 32, 35, 0x80000000, 0xFFFFFFFF })
            Assert.Equal(BadFileDescriptor, Call(fd, close: false));

        int Call(uint fd, bool close)
        {
            using WasiWorld w = new();
            uint[] slots = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
            if (close) Assert.Equal(Success, w.Call(WasiFunction.FdClose, fd));
            slots[argument] = fd;
            return w.Call((WasiFunction)function, slots);
        }
    }

    [Fact]
    public void Every_function_with_a_descriptor_is_in_the_table()
    {
        WasiFunction[] without =
        [
            WasiFunction.ArgsGet, WasiFunction.ArgsSizesGet, WasiFunction.EnvironGet, WasiFunction.EnvironSizesGet,
            WasiFunction.ClockResGet,
            WasiFunction.ClockTimeGet, WasiFunction.PollOneoff, WasiFunction.ProcExit, WasiFunction.ProcRaise, WasiFunction.SchedYield,
            WasiFunction.RandomGet,
        ];
        int[] tested = [.. Answers.Select(row => (int)row[0])];
        for (WasiFunction f = 0; f < WasiFunction.Count; f++) Assert.NotEqual(tested.Contains((int)f), without.Contains(f));
    }

    [Fact]
    public void Signals_are_not_there()
    {
        using WasiWorld w = new();
        Assert.Equal(NoSystem, w.Call(WasiFunction.ProcRaise, 6));
    }

    /// <summary>Kind; file type; rights that make it no terminal to wasi-libc.</summary>
    [Theory]
    [InlineData((int)StreamKind.Terminal, CharacterDevice, 0ul)]
    [InlineData((int)StreamKind.Device, CharacterDevice, SeekRight | TellRight)]
    [InlineData((int)StreamKind.File, RegularFile, 0ul)]
    [InlineData((int)StreamKind.Pipe, Unknown, 0ul)]
    public void Programs_see_what_a_stream_is(int kind, byte type, ulong positionRights)
    {
        using WasiWorld w = new(kind: (StreamKind)kind);
        for (uint fd = 0; fd <= 2; fd++)
        {
            w.Memory.Fill(0xEE);
            Assert.Equal(Success, w.Call(WasiFunction.FdFdstatGet, fd, 8));
            Assert.Equal((type, 0, 0xEE, 0xEE), (w.Memory[8], w.Memory[10], w.Memory[7], w.Memory[8 + 24]));
            Assert.Equal((fd == 0 ? ReadRight : WriteRight) | positionRights,
                w.Load64(16) & (ReadRight | WriteRight | SeekRight | TellRight));
            Assert.Equal(0ul, w.Load64(24));
            Assert.Equal(Success, w.Call(WasiFunction.FdFilestatGet, fd, 40));
            Assert.Equal((type, 0xEE, 0xEE), (w.Memory[40 + 16], w.Memory[39], w.Memory[40 + 64]));
            Assert.Equal(1, w.Memory.Slice(40, 64).ToArray().Count(b => b != 0) + (type == 0 ? 1 : 0));
        }
    }

    [Fact]
    public void Program_that_is_given_nothing_has_terminals()
    {
        using WasiWorld w = new(bare: true);
        Assert.Equal(Success, w.Call(WasiFunction.FdFilestatGet, 1, 40));
        Assert.Equal(CharacterDevice, w.Memory[40 + 16]);
    }

    [Fact]
    public void Closed_stream_is_gone_for_its_instance_only()
    {
        using WasiWorld w = new();
        Assert.Equal(Success, w.Call(WasiFunction.FdClose, 1));
        Assert.Equal(BadFileDescriptor, w.Call(WasiFunction.FdWrite, 1, 16, 1, 0));
        Assert.Equal(Success, w.Call(WasiFunction.FdWrite, 2, 16, 1, 0));
    }

    [Fact]
    public void Renumbered_descriptor_leads_to_the_other_ones_stream()
    {
        using WasiWorld w = new();
        w.Store(100, "x");
        w.Store(16, 100, 1);
        Assert.Equal(Success, w.Call(WasiFunction.FdRenumber, 2, 2));
        Assert.Equal(Success, w.Call(WasiFunction.FdRenumber, 2, 0));
        Assert.Equal(BadFileDescriptor, w.Call(WasiFunction.FdWrite, 2, 16, 1, 0));
        Assert.Equal(BadFileDescriptor, w.Call(WasiFunction.FdRead, 0, 16, 1, 0));
        Assert.Equal(Success, w.Call(WasiFunction.FdWrite, 0, 16, 1, 0));
        Assert.Equal(("x", 2u), (w.Output, w.Seen->LastStream));
        Assert.Equal(Success, w.Call(WasiFunction.FdRenumber, 1, 0));
        Assert.Equal(BadFileDescriptor, w.Call(WasiFunction.FdRenumber, 0, 1));
        Assert.Equal(Success, w.Call(WasiFunction.FdWrite, 0, 16, 1, 0));
        Assert.Equal(1u, w.Seen->LastStream);
    }

    [Theory]
    [InlineData(0u, Success)]
    [InlineData(1u, Success)]
    [InlineData(2u, NotSupported)]
    [InlineData(4u, NotSupported)]
    [InlineData(31u, NotSupported)]
    [InlineData(32u, Invalid)]
    [InlineData(0x80000001u, Invalid)]
    public void Streams_append_and_have_no_other_flags(uint flags, int expected)
    {
        using WasiWorld w = new();
        Assert.Equal(expected, w.Call(WasiFunction.FdFdstatSetFlags, 1, flags));
    }
}
