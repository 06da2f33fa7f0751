// SPDX-License-Identifier: MIT
// Images for another machine are refused before anything is erased.
using System;
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Flash;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Flash;
using Xunit;

namespace Wamr.Nano.Tests.Flash;

public sealed class ImageTargetsTests
{
    /// <summary>An image for a board is one that the board takes, whatever its options for the compiler are.</summary>
    [Fact]
    public void Target_of_every_board_fits_it()
    {
        Dictionary<string, string?> targets = new SourceTree(Repository.PathOf("")).AllBoards()
            .ToDictionary(board => board.Name, ImageTargets.CompiledFor);
        foreach ((string board, string? target) in new[]
        {
            ("rp2040", "thumbv6m"), ("microbit", "thumbv6m"), ("stm32f100", "thumbv7m"), ("stm32f405", "thumbv7em-fp"),
            ("stm32f746", "thumbv7em-fp"),
            ("stm32f769", "thumbv7em-dp"), ("mps2-an505", "thumbv8m"), ("rp2350", "thumbv8m"), ("riscv32", "rv32imc"),
            ("esp32c3", "rv32imc"), ("xtensa", "xtensa-lx106"),
            ("host", "x86_64"), ("esp32", null),
        })
            Assert.Equal((board, target), (board, targets[board]));
    }

    private static WasmError Refusal(byte[] image, ImageTarget here)
    {
        try
        {
            ImageTargets.Demand(image, here, "this one");
            return WasmError.None;
        }
        catch (WasmException e)
        {
            return e.Error;
        }
    }

    [Theory]
    [InlineData("stm32f405", "stm32f405", WasmError.None)]
    [InlineData("microbit", "stm32f405", WasmError.WrongAbi)]
    [InlineData("stm32f100", "microbit", WasmError.WrongTarget)]
    [InlineData("stm32f405", "stm32f100", WasmError.WrongTarget)]
    [InlineData("mps2-an500", "stm32f405", WasmError.WrongFpu)]
    [InlineData("stm32f405", "mps2-an500", WasmError.None)]
    [InlineData("riscv32", "stm32f405", WasmError.WrongTarget)]
    [InlineData("host", "stm32f405", WasmError.WrongTarget)]
    [InlineData("microbit", "stm32f100", WasmError.None)]
    public void An_image_for_one_board_on_another_is(string made, string here, WasmError expected) =>
        Assert.Equal(expected, Refusal(HeaderImage.For(HeaderImage.Target(made)), HeaderImage.Target(here)));

    private static byte[] Bytecode(string board) => HeaderImage.For(HeaderImage.Target(board), ImageKind.Bytecode);

    [Fact]
    public void Register_code_runs_on_every_processor_of_its_pointers()
    {
        Assert.Equal(WasmError.None, Refusal(Bytecode("riscv32"), HeaderImage.Target("stm32f405")));
        Assert.Equal(WasmError.WrongPointerSize, Refusal(Bytecode("host"), HeaderImage.Target("stm32f405")));
    }

    [Fact]
    public void A_damaged_image_is_refused()
    {
        byte[] image = HeaderImage.For(HeaderImage.Target("stm32f405"));
        image[^1] ^= 1;
        Assert.Equal(WasmError.ImageChecksumMismatch, Refusal(image, HeaderImage.Target("stm32f405")));
        Assert.Equal(WasmError.ImageTruncated, Refusal(image.AsSpan(0, 50).ToArray(), HeaderImage.Target("stm32f405")));
    }
}
