// SPDX-License-Identifier: MIT
// Compiles and links the C of an image: position independent, without a start file, library or writable data.
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Wamr.Nano.Xip.Targets;

namespace Wamr.Nano.Xip.Build;

/// <summary>The C compiler of a target, which works in a folder.</summary>
/// <param name="target">The target, with its compiler.</param>
/// <param name="options">What it optimises for.</param>
/// <param name="folder">Where its files are.</param>
/// <param name="jumps">
/// Whether calls at the end of a function become jumps. They must not unless the module's own tail calls need it, because endless recursion
/// must run out of stack, and not run for ever.
/// </param>
internal sealed class CCompiler(Target target, CompileOptions options, string folder, bool jumps)
{
    /// <summary>
    /// Options for WebAssembly's arithmetic (see also hide.h), for relative addresses, and against calls to a library that is not there.
    /// </summary>
    private static readonly string[] Common =
    [
        "-std=gnu11", "-w", "-ffreestanding", "-fvisibility=hidden", "-fno-strict-aliasing", "-ffp-contract=off", "-fno-math-errno",
        "-fno-unwind-tables", "-fno-asynchronous-unwind-tables", "-fno-stack-protector", "-fno-ident", "-fno-common", "-ffunction-sections",
        "-fstack-usage", "-g", "-gdwarf-4",
    ];

    /// <summary>Options that only gcc has.</summary>
    private static readonly string[] Gcc = ["-fsignaling-nans", "-fno-tree-loop-distribute-patterns", .. GccCallStacks];

    /// <summary>Options for clang, which would otherwise turn a switch into a table of addresses.</summary>
    private static readonly string[] Clang = ["-fno-jump-tables"];

    /// <summary>
    /// Options that let call stacks find the functions of a place in the code. Debugging information changes no code. The compiler must not
    /// merge identical functions, split a function, or merge parts of paths: see APART in types.h.
    /// </summary>
    private static string[] GccCallStacks =>
    [
        "-fno-var-tracking", "-fno-var-tracking-assignments", "-fno-ipa-icf", "-fno-partial-inlining", "--param=min-crossjump-insns=1000",
    ];

    /// <summary>
    /// The address at which code is linked. It is not 0, because a linker would put small addresses as numbers into instructions, instead
    /// of distances.
    /// </summary>
    internal const uint Base = 0x10000000;

    private const string LibraryName = "library.c", MemoryName = "memory.c";
    private readonly CompilerInfo _compiler = CompilerOf(target, options);

    /// <summary>The compiler that the options choose.</summary>
    /// <exception cref="CompileException">It is not installed, or not a compiler for this target.</exception>
    internal static CompilerInfo CompilerOf(Target target, CompileOptions options)
    {
        CompilerInfo compiler = CompilerProbe.Of(options.Compiler ?? target.ToolPrefix + "gcc", target.Install);
        return compiler.Family == CompilerFamily.Gcc || target.Image.Machine == ImageMachine.X64 ? compiler
            : throw new CompileException(
                $"{compiler.Program} is {compiler}, which makes native code for x86_64 alone: {target.Name} needs {target.ToolPrefix}gcc");
    }

    private bool IsGcc => _compiler.Family == CompilerFamily.Gcc;

    /// <summary>Compiles and links C files of the folder; <paramref name="reserved"/> bytes stay free where the code starts.</summary>
    internal async Task Build(string[] files, uint reserved, string output)
    {
        files = [.. files, .. Library()];
        await Compile(files).ConfigureAwait(false);
        await Link([.. files.Select(f => Path.ChangeExtension(f, ".o"))], reserved, output).ConfigureAwait(false);
    }

    /// <summary>Compiles C files to objects of the same names; files with names of functions and their frames lie beside them.</summary>
    private Task Compile(IReadOnlyCollection<string> files)
    {
        int done = 0;
        return Parallel.ForEachAsync(files, new ParallelOptions { MaxDegreeOfParallelism = options.Jobs > 0 ? options.Jobs : -1 },
            async (file, _) =>
        {
            await (options.Cache == null || file is not (LibraryName or MemoryName) ? Compile(file) : Restore(options.Cache, file))
                .ConfigureAwait(false);
            options.Progress?.Report((Interlocked.Increment(ref done), files.Count));
        });
    }

    private Task Compile(string file) =>
        Tool.Run(_compiler.Program, [.. Flags, "-c", file, "-o", Path.ChangeExtension(file, ".o")], folder, target.Install);

    private string[] Flags =>
    [
        .. target.Flags, .. Common, .. IsGcc ? Gcc : Clang, .. target.CodeFlags, .. target.LibraryFlags ?? [], .. TailCalls,
        .. Guards, Level,
    ];

    /// <summary>The compiler, and everything that determines its output for a C file.</summary>
    internal string Identity => $"{_compiler.Program} {_compiler} {string.Join(' ', Flags)}";

    /// <summary>A file of the library, whose text is the same for every module.</summary>
    private async Task Restore(CodeCache cache, string file)
    {
        string place = Path.Combine(folder, Path.ChangeExtension(file, ".o")), frames = Path.ChangeExtension(place, ".su");
        CachedObject known = await cache.Object($"{file} {Identity}", async () =>
        {
            await Compile(file).ConfigureAwait(false);
            return new(await File.ReadAllBytesAsync(place).ConfigureAwait(false),
                await File.ReadAllBytesAsync(frames).ConfigureAwait(false));
        }).ConfigureAwait(false);
        await File.WriteAllBytesAsync(place, known.Object).ConfigureAwait(false);
        await File.WriteAllBytesAsync(frames, known.Frames).ConfigureAwait(false);
    }

    /// <summary>Puts the library's sources into the folder.</summary>
    /// <returns>Those to be compiled.</returns>
    private string[] Library()
    {
        string[] sources = target.LibraryFlags == null ? [MemoryName] : [MemoryName, LibraryName];
        foreach (string file in (string[])[.. sources, "float.inc"])
            File.WriteAllText(Path.Combine(folder, file), Emit.Texts.Resource(file));
        return sources;
    }

    /// <summary>Links objects to an ELF file whose section .code starts with room for tables.</summary>
    private Task Link(string[] objects, uint reserved, string output)
    {
        File.WriteAllText(Path.Combine(folder, "image.ld"), Script(reserved));
        string[] arguments =
        [
            .. target.Flags, "-nostdlib", "-nostartfiles", "-static", "-Wl,-T,image.ld", "-Wl,--emit-relocs", "-Wl,--build-id=none",
            "-Wl,--no-warn-rwx-segments",
            "-Wl,--gc-sections", "-o", output, .. objects, .. target.UsesCompilerLibrary ? ["-lgcc"] : System.Array.Empty<string>(),
        ];
        return Tool.Run(_compiler.Program, arguments, folder, target.Install);
    }

    /// <summary>
    /// No function may receive more arguments than it has parameters. They would lie on the stack, and a jump could not put them there.
    /// </summary>
    private string[] TailCalls => jumps ? ["-foptimize-sibling-calls", "-fno-ipa-sra"] : ["-fno-optimize-sibling-calls"];

    /// <summary>
    /// If each load may fault, loads keep their order. The compiler would do all loads first and use their values afterwards, which takes
    /// too many registers.
    /// </summary>
    private string[] Guards => options.GuardPages && IsGcc ? ["-fno-tree-ter"] : [];

    private string Level => options.Optimization switch
    {
        Optimization.Fast => "-O1",
        Optimization.Speed => "-O3",
        Optimization.Size => "-Os",
        _ => "-O2",
    };

    private static string Script(uint reserved) => string.Create(CultureInfo.InvariantCulture, $$"""
        ENTRY(xip_enter)
        SECTIONS
        {
          .code {{Base}} : { PROVIDE_HIDDEN(xip_code = .); . = . + {{reserved}};
            KEEP(*image*.o(.text .text.*)) *(.text .text.* .literal .literal.*)
            *(.rodata .rodata.* .srodata .srodata.*) }
          .writable : { *(.data .data.* .sdata .sdata.* .bss .bss.* .sbss .sbss.* COMMON) }
          .got : { *(.got .got.* .got.plt .igot*) }
          /DISCARD/ : { *(.comment .note* .eh_frame* .ARM.* .riscv.attributes .xtensa.info .xt.*) }
        }
        """);
}
