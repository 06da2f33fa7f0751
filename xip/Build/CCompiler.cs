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

/// <summary>The C compiler of a target, at work in a folder.</summary>
/// <param name="target">Which compiler, and for what.</param>
/// <param name="options">What it optimises for.</param>
/// <param name="folder">Where its files are.</param>
/// <param name="jumps">
/// Whether calls at the end of a function become jumps. Where the module's own tail calls do not want it they must not: endless recursion is to
/// run out of stack, not to run for ever.
/// </param>
internal sealed class CCompiler(Target target, CompileOptions options, string folder, bool jumps)
{
    /// <summary>
    /// What keeps C to WebAssembly's arithmetic (see also hide.h), to addresses that are distances, and out of calls to a library that is not
    /// there.
    /// </summary>
    private static readonly string[] Common =
    [
        "-std=gnu11", "-w", "-ffreestanding", "-fvisibility=hidden", "-fno-strict-aliasing", "-ffp-contract=off", "-fno-math-errno",
        "-fno-unwind-tables", "-fno-asynchronous-unwind-tables", "-fno-stack-protector", "-fno-ident", "-fno-common", "-ffunction-sections",
        "-fstack-usage", "-g", "-gdwarf-4",
    ];

    /// <summary>What gcc alone knows.</summary>
    private static readonly string[] Gcc = ["-fsignaling-nans", "-fno-tree-loop-distribute-patterns", .. GccCallStacks];

    /// <summary>What clang needs: of a switch it would make a table of addresses.</summary>
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
    /// Where code is linked. Not at 0: a linker that sees small addresses puts them into instructions, as numbers, in place of distances.
    /// </summary>
    internal const uint Base = 0x10000000;

    private const string LibraryName = "library.c", MemoryName = "memory.c";
    private readonly CompilerInfo _compiler = CompilerOf(target, options);

    /// <summary>The compiler that options mean.</summary>
    /// <exception cref="CompileException">It is not installed, or not one for this target.</exception>
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
        return Parallel.ForEachAsync(files, new ParallelOptions { MaxDegreeOfParallelism = options.Jobs > 0 ? options.Jobs : -1 }, async (file, _) =>
        {
            await (options.Cache == null || file is not (LibraryName or MemoryName) ? Compile(file) : Restore(options.Cache, file)).ConfigureAwait(false);
            options.Progress?.Report((Interlocked.Increment(ref done), files.Count));
        });
    }

    private Task Compile(string file) =>
        Tool.Run(_compiler.Program, [.. Flags, "-c", file, "-o", Path.ChangeExtension(file, ".o")], folder, target.Install);

    private string[] Flags =>
    [
        .. target.Flags, .. Common, .. IsGcc ? Gcc : Clang, .. target.CodeFlags, .. target.LibraryFlags ?? [], .. TailCalls, .. Guards, Level,
    ];

    /// <summary>The compiler and all that decides what it makes of a C file.</summary>
    internal string Identity => $"{_compiler.Program} {_compiler} {string.Join(' ', Flags)}";

    /// <summary>A file of the library, whose text is the same for every module.</summary>
    private async Task Restore(CodeCache cache, string file)
    {
        string place = Path.Combine(folder, Path.ChangeExtension(file, ".o")), frames = Path.ChangeExtension(place, ".su");
        CachedObject known = await cache.Object($"{file} {Identity}", async () =>
        {
            await Compile(file).ConfigureAwait(false);
            return new(await File.ReadAllBytesAsync(place).ConfigureAwait(false), await File.ReadAllBytesAsync(frames).ConfigureAwait(false));
        }).ConfigureAwait(false);
        await File.WriteAllBytesAsync(place, known.Object).ConfigureAwait(false);
        await File.WriteAllBytesAsync(frames, known.Frames).ConfigureAwait(false);
    }

    /// <summary>Puts the library's sources into the folder.</summary>
    /// <returns>Those to be compiled.</returns>
    private string[] Library()
    {
        string[] sources = target.LibraryFlags == null ? [MemoryName] : [MemoryName, LibraryName];
        foreach (string file in (string[])[.. sources, "float.inc"]) File.WriteAllText(Path.Combine(folder, file), Emit.Texts.Resource(file));
        return sources;
    }

    /// <summary>Links objects to an ELF file whose section .code starts with room for tables.</summary>
    private Task Link(string[] objects, uint reserved, string output)
    {
        File.WriteAllText(Path.Combine(folder, "image.ld"), Script(reserved));
        string[] arguments =
        [
            .. target.Flags, "-nostdlib", "-nostartfiles", "-static", "-Wl,-T,image.ld", "-Wl,--emit-relocs", "-Wl,--build-id=none", "-Wl,--no-warn-rwx-segments",
            "-Wl,--gc-sections", "-o", output, .. objects, .. target.UsesCompilerLibrary ? ["-lgcc"] : System.Array.Empty<string>(),
        ];
        return Tool.Run(_compiler.Program, arguments, folder, target.Install);
    }

    /// <summary>No function may get more arguments than it has: they would lie on the stack, and no jump could take them there.</summary>
    private string[] TailCalls => jumps ? ["-foptimize-sibling-calls", "-fno-ipa-sra"] : ["-fno-optimize-sibling-calls"];

    /// <summary>
    /// Loads keep their order where each may fault. The compiler would do them all at once and what is made of their values afterwards, which
    /// takes more registers than there are.
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
          .code {{Base}} : { PROVIDE_HIDDEN(xip_code = .); . = . + {{reserved}}; KEEP(*image*.o(.text .text.*)) *(.text .text.* .literal .literal.*) *(.rodata .rodata.* .srodata .srodata.*) }
          .writable : { *(.data .data.* .sdata .sdata.* .bss .bss.* .sbss .sbss.* COMMON) }
          .got : { *(.got .got.* .got.plt .igot*) }
          /DISCARD/ : { *(.comment .note* .eh_frame* .ARM.* .riscv.attributes .xtensa.info .xt.*) }
        }
        """);
}
