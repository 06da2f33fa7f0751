// SPDX-License-Identifier: MIT
// The machines images can be compiled for: one row each.
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Xip.Elf;

namespace Wamr.Nano.Xip.Targets;

/// <summary>A machine: its description in images, and how to call its C compiler.</summary>
internal sealed record Target
{
    internal required string Name { get; init; }

    /// <summary>The prefix of gcc, ld and other tools.</summary>
    internal required string ToolPrefix { get; init; }

    /// <summary>Options that choose the processor, floating-point unit and ABI.</summary>
    internal required string[] Flags { get; init; }

    /// <summary>Options that keep its code free of addresses.</summary>
    internal string[] CodeFlags { get; init; } = [];

    /// <summary>Options for the images' library, if the compiler's own library is not position independent; null if it is.</summary>
    internal string[]? LibraryFlags { get; init; }

    /// <summary>Whether the compiler's library is also linked.</summary>
    internal bool UsesCompilerLibrary { get; init; } = true;

    /// <summary>The target in the header of an image.</summary>
    internal required ImageTarget Image { get; init; }

    /// <summary>Number of the machine in ELF files.</summary>
    internal required ushort ElfMachine { get; init; }

    /// <summary>How its compiler is installed.</summary>
    internal required string Install { get; init; }

    internal byte AlignmentLog2 { get; init; } = 3;

    internal uint PointerBytes => Image.PointerBytes;

    /// <summary>Words must be aligned.</summary>
    internal bool StrictAlign { get; init; }

    /// <summary>Whether there are instructions for each width of float, square roots included.</summary>
    internal bool HardF32 => Image.Fpu != ImageFpu.None;
    internal bool HardF64 => Image.Fpu == ImageFpu.Double;

    /// <summary>
    /// The C compiler's letters for the registers in which floats of each width are computed: those of the floating-point unit, or any.
    /// </summary>
    internal (string F32, string F64) FloatRegisters { get; init; } = ("r", "r");

    /// <summary>
    /// The number of argument registers of pointer size, if the C compiler turns a tail call with all arguments in registers into a jump;
    /// otherwise 0. Then the number of registers for floats, four or eight bytes each like pointers; 0 if floats use the others.
    /// </summary>
    private int ArgumentRegisters { get; init; }
    private int FloatArgumentRegisters { get; init; }

    /// <summary>The same for a C compiler that need not turn tail calls into jumps.</summary>
    internal Target WithoutJumps => this with { ArgumentRegisters = 0 };

    /// <summary>Whether a tail call with these arguments, after the given number of pointers, is a jump.</summary>
    internal bool Jumps(int pointers, IEnumerable<ValType> arguments)
    {
        int general = pointers, floats = 0;
        foreach (ValType type in arguments)
        {
            int size = PointerBytes == 8 ? 1 : (int)ValTypes.Slots(type);
            // On some machines, a pair of registers must begin with an even one.
            if (FloatArgumentRegisters != 0 && type is ValType.F32 or ValType.F64) floats = (floats + size - 1) / size * size + size;
            else general = (general + size - 1) / size * size + size;
        }
        return general <= ArgumentRegisters && floats <= FloatArgumentRegisters;
    }

    private const string InstallArm = "install gcc-arm-none-eabi", InstallHost = "install gcc";

    /// <summary>Every target there is.</summary>
    internal static IReadOnlyList<Target> All { get; } =
    [
        new()
        {
            Name = "x86_64",
            ToolPrefix = "",
            Install = InstallHost,
            ElfMachine = ElfFile.X64,
            Image = Machine(ImageMachine.X64, 0, ImageFpu.Double, hardFloat: 1, pointerBytes: 8),
            Flags = ["-m64"],
            CodeFlags = ["-fPIC", "-mno-red-zone", "-fcf-protection=none"],
            AlignmentLog2 = 6,
            ArgumentRegisters = 6,
            FloatArgumentRegisters = 8,
            FloatRegisters = ("x", "x"),
        },
        Thumb("thumbv6m", "cortex-m0", 6, ImageFpu.None, []) with { StrictAlign = true, LibraryFlags = ["-DXIP_EABI=1"] },
        Thumb("thumbv7m", "cortex-m3", 7, ImageFpu.None, []),
        Thumb("thumbv7em-fp", "cortex-m4", 8, ImageFpu.Single, ["-mfpu=fpv4-sp-d16"]),
        Thumb("thumbv7em-dp", "cortex-m7", 8, ImageFpu.Double, ["-mfpu=fpv5-d16"]),
        Thumb("thumbv8m", "cortex-m33", 9, ImageFpu.Single, ["-mfpu=fpv5-sp-d16"]),
        new()
        {
            Name = "rv32imc",
            ToolPrefix = "riscv64-unknown-elf-",
            Install = "install gcc-riscv64-unknown-elf",
            ElfMachine = ElfFile.RiscV,
            Image = Machine(ImageMachine.RiscV32, 0, ImageFpu.None, hardFloat: 0),
            Flags = ["-march=rv32imc", "-mabi=ilp32", "-mcmodel=medany"],
            CodeFlags = ["-fPIC", "-msmall-data-limit=0", "-mno-save-restore"],
            LibraryFlags = [],
            UsesCompilerLibrary = false,
            StrictAlign = true,
            ArgumentRegisters = 8,
        },
        new()
        {
            Name = "xtensa-lx106",
            ToolPrefix = "xtensa-lx106-elf-",
            Install = "install gcc-xtensa-lx106",
            ElfMachine = ElfFile.Xtensa,
            Image = Machine(ImageMachine.Xtensa, 0, ImageFpu.None, hardFloat: 0),
            Flags = [],
            // Without -fPIC, which would reach every function through an address. Calls and literals are relative anyway.
            CodeFlags = ["-mtext-section-literals", "-mno-longcalls", "-fno-jump-tables", "-fno-tree-switch-conversion"],
            LibraryFlags = ["-DXIP_INTEGERS=1"],
            UsesCompilerLibrary = false,
            StrictAlign = true,
        },
    ];

    private static Target Thumb(string name, string cpu, byte level, ImageFpu fpu, string[] unit) => new()
    {
        Name = name,
        ToolPrefix = "arm-none-eabi-",
        Install = InstallArm,
        ElfMachine = ElfFile.Arm,
        CodeFlags = ["-fPIC"],
        // The first version of Thumb has no jump that reaches every function.
        ArgumentRegisters = level > 6 ? 4 : 0,
        FloatArgumentRegisters = fpu == ImageFpu.None ? 0 : 16,
        FloatRegisters = (fpu == ImageFpu.None ? "r" : "t", fpu == ImageFpu.Double ? "w" : "r"),
        Image = Machine(ImageMachine.Thumb, level, fpu, fpu == ImageFpu.None ? (byte)0 : (byte)1),
        Flags = [$"-mcpu={cpu}", "-mthumb", fpu == ImageFpu.None ? "-mfloat-abi=soft" : "-mfloat-abi=hard", .. unit],
    };

    private static ImageTarget Machine(ImageMachine machine, byte level, ImageFpu fpu, byte hardFloat, byte pointerBytes = 4) => new()
    {
        Machine = machine,
        Level = level,
        Fpu = fpu,
        HardFloat = hardFloat,
        LittleEndian = 1,
        PointerBytes = pointerBytes,
    };

    /// <exception cref="CompileException">There is no such target.</exception>
    internal static Target Named(string name) => All.FirstOrDefault(t => t.Name == name)
        ?? throw new CompileException($"unknown target '{name}'; there are {string.Join(", ", All.Select(t => t.Name))}");
}
