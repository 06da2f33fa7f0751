// SPDX-License-Identifier: MIT
// From a WebAssembly binary to an image: load, translate, compile, link, write.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Wamr.Nano.Xip.Build;
using Wamr.Nano.Xip.CallStacks;
using Wamr.Nano.Xip.Elf;
using Wamr.Nano.Xip.Emit;
using Wamr.Nano.Xip.Image;
using Wamr.Nano.Xip.Analysis;
using Wamr.Nano.Xip.Targets;

namespace Wamr.Nano.Xip;

/// <summary>Compiles modules to native images or bytecode images.</summary>
public static class ImageCompiler
{
    private const string LinkedName = "image.elf";

    /// <summary>Names of all targets.</summary>
    public static IEnumerable<string> Targets => Target.All.Select(t => t.Name);

    /// <summary>The best target for a machine: the highest level of its architecture with the best FPU; null if there is none.</summary>
    /// <param name="machine">The machine.</param>
    internal static string? TargetFor(ImageTarget machine) =>
        Target.All.Where(target => Fits(target.Image, machine)).OrderByDescending(target => target.Image.Fpu)
            .ThenByDescending(target => target.Image.Level).FirstOrDefault()?.Name;

    private static unsafe bool Fits(ImageTarget wanted, ImageTarget here) =>
        wanted.PointerBytes == here.PointerBytes && ImageLoader.Fits(&wanted, &here) == WasmError.None;

    /// <summary>The size of a pointer on a target, in bytes.</summary>
    /// <param name="target">Its name.</param>
    /// <exception cref="CompileException">There is no such target.</exception>
    public static byte PointerBytes(string target) => Target.Named(target).Image.PointerBytes;

    /// <summary>The C compiler that makes native code with these settings.</summary>
    /// <param name="options">Settings, of which target and compiler are used.</param>
    /// <exception cref="CompileException">There is no such target, or no such compiler.</exception>
    public static CompilerInfo CompilerFor(CompileOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return CCompiler.CompilerOf(TargetOf(options), options);
    }

    /// <summary>Translates a module to the C from which an image is compiled.</summary>
    /// <param name="binary">A WebAssembly binary.</param>
    /// <param name="options">Settings.</param>
    /// <exception cref="WasmException">The binary is malformed or invalid.</exception>
    /// <exception cref="CompileException">There is no such target.</exception>
    public static string EmitC(ReadOnlySpan<byte> binary, CompileOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        using Source source = new(binary, options);
        // If no C compiler is named, none needs to be installed.
        return new CModule(source.Facts, options.Compiler == null ? TargetOf(options) : TargetFor(options)).WriteAll();
    }

    /// <summary>Compiles a module to a native image.</summary>
    /// <param name="binary">A WebAssembly binary.</param>
    /// <param name="options">Settings.</param>
    /// <exception cref="WasmException">The binary is malformed or invalid.</exception>
    /// <exception cref="CompileException">A tool is missing or failed, or the code would have to be relocated.</exception>
    public static byte[] Compile(ReadOnlySpan<byte> binary, CompileOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        using Source source = new(binary, options);
        Target target = TargetFor(options);
        CModule c = new(source.Facts, target);
        CSource text = new(c);
        string compiler = new CCompiler(target, options, "", text.AreJumps).Identity;
        LinkedCode code = options.Cache == null ? Code(text, options) : options.Cache.Code(text.Key(compiler), () => Code(text, options));
        CallTable calls = CallTable.Of(new(c, text.Files), code.Calls, target.Image);
        return source.Write(target.Image, new NativeCode(c, code.Elf).Make(code.Stack.Margin(source.Facts, c.ChecksStack), calls));
    }

    private static LinkedCode Code(CSource text, CompileOptions options) => InFolder(options, folder =>
    {
        byte[] linked = Link(text, options, folder);
        if (!ElfFile.IsElf(linked)) throw new CompileException("the linker's output is not an ELF file");
        ElfFile elf = new(linked, LinkedName);
        return new LinkedCode(elf.WithoutDebugging(), new(Directory.EnumerateFiles(folder, "*.su"), elf.Functions),
            new(elf, text.Target.Image, options.GuardPages));
    });

    /// <summary>Compiles a module to an ELF file with the linked code and its symbols. It is for inspection, and cannot run.</summary>
    /// <param name="binary">A WebAssembly binary.</param>
    /// <param name="options">Settings.</param>
    /// <exception cref="WasmException">The binary is malformed or invalid.</exception>
    /// <exception cref="CompileException">A tool is missing or failed.</exception>
    public static byte[] CompileObject(ReadOnlySpan<byte> binary, CompileOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        using Source source = new(binary, options);
        CSource text = new(new(source.Facts, TargetFor(options)));
        return InFolder(options, folder => Link(text, options, folder));
    }

    private static Target TargetOf(CompileOptions options)
    {
        Target target = Target.Named(options.Target);
        return !options.GuardPages || target.Image.Machine == ImageMachine.X64 ? target
            : throw new CompileException($"{target.Name} has no guard pages: compile for x86_64, or with checks");
    }

    /// <summary>
    /// The target as seen by its C compiler: clang makes no jump out of a function that has passed the address of a local.
    /// </summary>
    private static Target TargetFor(CompileOptions options)
    {
        Target target = TargetOf(options);
        return CCompiler.CompilerOf(target, options).Family == CompilerFamily.Clang ? target.WithoutJumps : target;
    }

    private static T InFolder<T>(CompileOptions options, Func<string, T> work)
    {
        string folder = options.WorkFolder ?? Directory.CreateTempSubdirectory("wnano-").FullName;
        Directory.CreateDirectory(folder);
        try
        {
            return work(folder);
        }
        finally
        {
            if (options.WorkFolder == null) Directory.Delete(folder, recursive: true);
        }
    }

    private static byte[] Link(CSource text, CompileOptions options, string folder)
    {
        File.WriteAllText(Path.Combine(folder, CPart.HeadName), text.Head);
        string[] names = [.. text.Files.Select(file => file.Name)];
        foreach (CPart file in text.Files) File.WriteAllText(Path.Combine(folder, file.Name), file.Beginning + file.Text);
        new CCompiler(text.Target, options, folder, text.AreJumps).Build(names, text.Reserved, LinkedName).GetAwaiter().GetResult();
        return File.ReadAllBytes(Path.Combine(folder, LinkedName));
    }

    /// <summary>Compiles a module to a bytecode image, for any processor with pointers of one size. It needs no C compiler.</summary>
    /// <param name="binary">A WebAssembly binary.</param>
    /// <param name="options">Settings. The target and the settings for native code are ignored.</param>
    /// <param name="pointerBytes">
    /// Size of a pointer: 4 for microcontrollers, 8 for computers. It matters because frames hold return addresses.
    /// </param>
    /// <exception cref="WasmException">The binary is malformed or invalid.</exception>
    public static byte[] CompileBytecode(ReadOnlySpan<byte> binary, CompileOptions options, byte pointerBytes)
    {
        ArgumentNullException.ThrowIfNull(options);
        using Source source = new(binary, options);
        ImageTarget target = new() { LittleEndian = 1, PointerBytes = pointerBytes };
        return source.Write(target, source.Bytecode(pointerBytes));
    }

    /// <summary>The module, as the core's own loader reads it.</summary>
    private sealed unsafe class Source : IDisposable
    {
        private readonly NanoRuntime _runtime;
        private readonly NanoModule _module;
        private readonly CompileOptions _options;

        internal Source(ReadOnlySpan<byte> binary, CompileOptions options)
        {
            _runtime = new(new NanoRuntimeOptions
            {
                PoolBytes = 0,
                Features = Features.None,
                WholePages = options.WholePages || options.GuardPages,
                CStackChecks = options.CStackChecks,
            });
            if (options.Profile) _runtime.Pointer->Load.Profiled = LoadRules.ProfiledFunctions;
            // The module is valid without the other features, so a runtime that lacks those may run its image.
            _runtime.FeaturesOnDemand = options.Features;
            try
            {
                _module = _runtime.LoadModule(binary);
            }
            catch
            {
                _runtime.Dispose();
                throw;
            }
            _options = options with { Features = _runtime.Pointer->Load.Features };
        }

        internal byte[] Write(ImageTarget target, ImageCode code) => new ImageWriter(_module.Pointer, target, _options, code).Write();

        internal ImageCode Bytecode(byte pointerBytes) => BytecodeCode.Make(_module.Pointer, pointerBytes);

        internal ModuleFacts Facts => field ??= new(_module.Pointer, _options);

        public void Dispose()
        {
            _module.Dispose();
            _runtime.Dispose();
        }
    }
}
