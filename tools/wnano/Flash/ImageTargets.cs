// SPDX-License-Identifier: MIT
// Checks whether an image can run on a board, before it is written there. The compiler's options determine the processor.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Xip;

namespace Wamr.Nano.Tool.Flash;

internal static unsafe class ImageTargets
{
    /// <summary>
    /// Level of the Arm architecture; a processor that is not here gets the lowest, so that too much is refused rather than too little.
    /// </summary>
    private static readonly Dictionary<string, byte> ArmLevels = new()
    {
        ["cortex-m3"] = 7, ["cortex-m4"] = 8, ["cortex-m7"] = 8, ["cortex-m33"] = 9, ["cortex-m55"] = 9,
    };

    /// <summary>The machine a board is.</summary>
    internal static ImageTarget Of(BoardInfo board)
    {
        string compiler = board.Compiler.Program;
        string? cpu = Option(board, "-mcpu="), fpu = Option(board, "-mfpu="), floats = Option(board, "-mfloat-abi=");
        bool arm = compiler.StartsWith("arm", StringComparison.Ordinal), host = !board.IsFreestanding;
        return new()
        {
            Machine = arm ? ImageMachine.Thumb
                : compiler.StartsWith("riscv", StringComparison.Ordinal) ? ImageMachine.RiscV32
                : compiler.StartsWith("xtensa", StringComparison.Ordinal) ? Xtensa(board) : ImageMachine.X64,
            Level = arm ? ArmLevels.GetValueOrDefault(cpu ?? "", (byte)6) : (byte)0,
            Fpu = host ? ImageFpu.Double
                : fpu == null ? ImageFpu.None
                : fpu.Contains("-sp-", StringComparison.Ordinal) ? ImageFpu.Single
                : ImageFpu.Double,
            HardFloat = host || floats == "hard" ? (byte)1 : (byte)0,
            LittleEndian = 1,
            PointerBytes = host ? (byte)8 : (byte)4,
        };
    }

    /// <summary>What images for a board are compiled for; null if no compiler of images knows its processor.</summary>
    internal static string? CompiledFor(BoardInfo board) => ImageCompiler.TargetFor(Of(board));

    /// <exception cref="WasmException">
    /// The image is damaged, or for another processor, floating-point unit or calling convention.
    /// </exception>
    internal static void Demand(byte[] image, ImageTarget here, string name)
    {
        // The header is read in place, so it must be aligned.
        byte* bytes = (byte*)NativeMemory.AlignedAlloc((nuint)image.Length, 64);
        try
        {
            image.CopyTo(new Span<byte>(bytes, image.Length));
            WasmError error = ImageLoader.Identify(bytes, (uint)image.Length);
            ImageHeader* header = (ImageHeader*)bytes;
            if (error == WasmError.None && header->Kind == ImageKind.Native) error = ImageLoader.Fits(&header->Target, &here);
            if (error == WasmError.None && header->Target.PointerBytes != here.PointerBytes) error = WasmError.WrongPointerSize;
            if (error == WasmError.None) return;
            bool both = error is WasmError.WrongTarget or WasmError.WrongFpu or WasmError.WrongPointerSize;
            throw new WasmException(error, NanoRuntime.NoDetails,
                detail: both ? $"the image is for {Words(header->Target)}, {name} is {Words(here)}" : null);
        }
        finally
        {
            NativeMemory.AlignedFree(bytes);
        }
    }

    /// <exception cref="WasmException">The image does not run on the board.</exception>
    internal static void Demand(byte[] image, BoardInfo board) => Demand(image, Of(board), board.Name);

    /// <summary>The machine of an image whose header is sound, in words.</summary>
    internal static string Words(byte[] image)
    {
        fixed (byte* bytes = image) return Words(((ImageHeader*)bytes)->Target);
    }

    /// <summary>A machine in words.</summary>
    internal static string Words(ImageTarget target)
    {
        string machine = target.Machine switch
        {
            ImageMachine.Thumb => target.Level switch
            {
                6 => "Armv6-M",
                7 => "Armv7-M",
                8 => "Armv7E-M",
                9 => "Armv8-M",
                byte other => $"Arm of level {other}",
            },
            ImageMachine.RiscV32 => "RISC-V of 32 bits",
            ImageMachine.Xtensa => "Xtensa with call0 ABI",
            ImageMachine.X64 => "x86-64",
            _ => "any processor",
        };
        string fpu = target.Fpu switch
        {
            ImageFpu.None => "no FPU",
            ImageFpu.Single => "single-precision FPU",
            _ => "double-precision FPU",
        };
        return target.Machine == ImageMachine.Any ? $"{machine} with pointers of {target.PointerBytes} B"
            : $"{machine}, {fpu}, pointers of {target.PointerBytes} B";
    }

    /// <summary>Images are made of call0 code; systems have register windows, and no native code runs there.</summary>
    private static ImageMachine Xtensa(BoardInfo board) => board.Component == null ? ImageMachine.Xtensa : ImageMachine.Any;

    private static string? Option(BoardInfo board, string name) =>
        board.Compiler.Arguments.FirstOrDefault(flag => flag.StartsWith(name, StringComparison.Ordinal))?[name.Length..];
}
