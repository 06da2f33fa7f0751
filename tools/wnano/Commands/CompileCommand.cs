// SPDX-License-Identifier: MIT
// wnano compile: an execute-in-place image of a module, for a board's flash or for this machine.
using System;
using System.CommandLine;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Text.Json.Nodes;
using Wamr.Nano.Tool.Apps;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Devices;
using Wamr.Nano.Tool.Flash;
using Wamr.Nano.Tool.Printing;
using Wamr.Nano.Tool.Usage;
using Wamr.Nano.Xip;

namespace Wamr.Nano.Tool.Commands;

internal static class CompileCommand
{
    private const string Image = "image", SourceCode = "c", ObjectCode = "obj";

    private const int MostJobs = 1024;

    /// <summary>The size of a microcontroller's pointers, the default for bytecode.</summary>
    private const byte UsualPointerBytes = 4;

    internal static Command Create()
    {
        Argument<FileInfo> module = new("module") { Description = "The .wasm file." };
        Option<FileInfo?> output = new("--output", "-o")
        {
            Description = "Name of the image; by default, the module's name with .xip.",
            HelpName = "file",
        };
        Option<string?> board = new("--board")
        {
            Description = "Compile for this board; 'wnano boards' lists the boards.",
            HelpName = "name",
        };
        Option<string?> target = new("--target")
        {
            Description = $"Compile for this processor: {string.Join(", ", ImageCompiler.Targets)}.",
            HelpName = "name",
        };
        Option<bool> bytecode = new("--bytecode")
        {
            Description =
                "Compile to bytecode, which the interpreter runs on any processor. It needs no C compiler. Without "
                + "--board or --target, it is for microcontrollers.",
        };
        Option<string> emit = new("--emit")
        {
            Description = "What to write: the image; c, the generated C; or obj, the linked code as an ELF file with symbols.",
            HelpName = "what",
            DefaultValueFactory = _ => Image,
        };
        Option<string> optimize = new("-O")
        {
            Description = "Optimisation: 1 little, 2 for speed and size, 3 for speed, s for size.",
            HelpName = "level",
            DefaultValueFactory = _ => "3",
        };
        Option<bool> size = new("--size") { Description = "The same as -O s." };
        Option<bool> noFuel = new("--no-fuel")
        {
            Description = "Do not count loops and calls. The code is faster, but only a reset ends an endless loop.",
        };
        Option<int> stack = new("--stack-bounds-checks")
        {
            Description = "0: do not check whether recursion overflows the native stack.",
            HelpName = "0|1",
            DefaultValueFactory = _ => 1,
        };
        Option<bool> open = new("--open")
        {
            Description = "Let the host and other instances grow an exported memory and write to an exported table.",
        };
        LoadOptions load = new();
        Option<bool> guard = new("--guard-pages")
        {
            Description = "Replace the checks of loads and stores by inaccessible pages: for x86_64 on Linux; implies --whole-pages.",
        };
        Option<uint> heap = Bytes.Option("--app-heap", 0, "Size of the app heap that instances will have; by default, none.");
        Option<bool> names = new("--keep-names") { Description = "Keep function names in the image, for call stacks." };
        Option<bool> profile = new("--profile")
        {
            Description = "Let 'wnano run --profile' measure calls and times of functions. The code is larger and slower.",
        };
        Option<string?> compiler = new("--cc")
        {
            Description = "The C compiler to use instead of the target's gcc: another gcc, or clang for x86_64. "
                + $"Native code is tested with {CompilerInfo.Proved}.",
            HelpName = "program",
        };
        Option<int> jobs = new("--jobs")
        {
            Description = "Number of C compilers that run at once; by default, one per processor.",
            HelpName = "count",
        };
        emit.Only(Image, SourceCode, ObjectCode);
        optimize.Only("1", "2", "3", "s");
        stack.Between(0, 1);
        jobs.Between(1, MostJobs);
        Option<bool> json = Output.JsonOption();
        WnanoCommand command = new(
            "compile", "Compile a module to an image that runs directly from flash.",
            ("wnano compile app.wasm --board stm32f405", "app.xip, native code for that board"),
            ("wnano compile app.wasm --bytecode -o app.xip", "for any microcontroller"))
        {
            module, output, board, target, bytecode, emit, optimize, size, noFuel, stack, open, guard, heap, names, profile, compiler,
            jobs, json,
        };
        load.AddTo(command);
        command.SetAction(parsed => Program.Guard(() =>
        {
            if (parsed.GetValue(bytecode))
                parsed.Refuse("with --bytecode, which uses no C compiler", optimize, size, noFuel, stack, guard, compiler, jobs, emit);
            if (parsed.GetValue(target) != null) parsed.Refuse("with --target: name one of them", board);
            if (parsed.GetValue(size)) parsed.Refuse("with --size", optimize);
            if (parsed.GetValue(emit) == SourceCode) parsed.Refuse("with --emit c", compiler, jobs);
            return Compile(
                parsed.GetRequiredValue(module),
                parsed.GetValue(output),
                parsed.GetValue(emit)!,
                parsed.GetValue(bytecode) ? PointerBytes(parsed.GetValue(board), parsed.GetValue(target)) : null,
                new CompileOptions
                {
                    Target = parsed.GetValue(bytecode) ? "bytecode" : TargetOf(parsed.GetValue(board), parsed.GetValue(target)),
                    Optimization = parsed.GetValue(size) ? Optimization.Size : Level(parsed.GetValue(optimize)!),
                    Fuel = !parsed.GetValue(noFuel),
                    StackChecks = parsed.GetValue(stack) != 0,
                    Open = parsed.GetValue(open),
                    WholePages = Settings(parsed).WholePages,
                    CStackChecks = !Settings(parsed).NoCStackCheck,
                    GuardPages = parsed.GetValue(guard),
                    HeapBytes = parsed.GetValue(heap),
                    KeepNames = parsed.GetValue(names),
                    Profile = parsed.GetValue(profile),
                    Compiler = parsed.GetValue(compiler),
                    Jobs = parsed.GetValue(jobs),
                },
                parsed.GetValue(json));
        }));
        return command;

        LoadSettings Settings(ParseResult parsed) =>
            parsed.GetValue(board) is string name ? load.Of(parsed).Or(SourceTree.Find().Board(name).Load) : load.Of(parsed);
    }

    /// <summary>Bytecode knows of its machine how wide a pointer is.</summary>
    private static byte? PointerBytes(string? board, string? target) =>
        target != null ? ImageCompiler.PointerBytes(target)
            : board != null ? ImageTargets.Of(SourceTree.Find().Board(board)).PointerBytes
            : UsualPointerBytes;

    private static string TargetOf(string? board, string? target)
    {
        if (target != null) return target;
        if (board == null) throw new UsageException("name a board (--board) or a processor (--target)");
        BoardInfo info = SourceTree.Find().Board(board);
        return ImageTargets.CompiledFor(info)
            ?? throw new UsageException(
                $"native images cannot be made for {info.Cpu}, the processor of board '{board}': "
                + $"--bytecode makes one that any processor runs");
    }

    private static Optimization Level(string level) => level switch
    {
        "1" => Optimization.Fast,
        "2" => Optimization.Balanced,
        "3" => Optimization.Speed,
        "s" => Optimization.Size,
        _ => throw new ArgumentOutOfRangeException(nameof(level)),
    };

    private static int Compile(FileInfo module, FileInfo? output, string emit, byte? pointerBytes, CompileOptions options, bool json)
    {
        byte[] binary = Host.ReadModule(module);
        bool wholePages = options.WholePages || options.GuardPages;
        using (NanoRuntime runtime = new(new NanoRuntimeOptions { PoolBytes = 0, Features = options.Features, WholePages = wholePages }))
            Instantiability.Demand(runtime.LoadModule(binary), options.HeapBytes);
        string extension = emit switch
        {
            Image => ".xip",
            SourceCode => ".c",
            ObjectCode => ".elf",
            _ => throw new ArgumentOutOfRangeException(nameof(emit)),
        };
        string name = output?.FullName ?? Path.ChangeExtension(module.FullName, extension);
        Stopwatch watch = Stopwatch.StartNew();
        CompilerInfo? compiler = emit == SourceCode || pointerBytes != null ? null : ImageCompiler.CompilerFor(options);
        byte[] result = pointerBytes is byte wide ? ImageCompiler.CompileBytecode(binary, options, wide) : Make(binary, emit, options);
        string machine = pointerBytes == null ? options.Target : $"any processor with pointers of {pointerBytes} B";
        File.WriteAllBytes(name, result);
        if (compiler is { IsProved: false })
            Console.Error.WriteLine(
                $"warning: {compiler.Program} is {compiler}; native code is tested with {CompilerInfo.Proved}: "
                + "test the image, or name one of those (--cc)");
        if (json)
        {
            Output.Json(new JsonObject
            {
                ["file"] = name,
                ["target"] = options.Target,
                ["compiler"] = compiler?.ToString(),
                ["proved"] = compiler?.IsProved,
                ["moduleBytes"] = binary.Length,
                ["bytes"] = result.Length,
                ["seconds"] = Math.Round(watch.Elapsed.TotalSeconds, 3),
            });
            return 0;
        }
        Console.WriteLine(
            $"{Path.GetFileName(name)}: {Bytes.Text((uint)result.Length)} B for {machine}, from {Bytes.Text((uint)binary.Length)} B of "
            + $"wasm, in {watch.Elapsed.TotalSeconds:F1} s");
        return 0;
    }

    private static byte[] Make(byte[] binary, string emit, CompileOptions options)
    {
        if (emit == SourceCode) return Encoding.UTF8.GetBytes(ImageCompiler.EmitC(binary, options));
        using Waiting waiting =
            Waiting.Unless($"compiling {Bytes.Text((uint)binary.Length)} B of wasm for {options.Target}; big modules take minutes");
        using FileProgress progress = new();
        options = options with { Progress = progress };
        return emit == ObjectCode ? ImageCompiler.CompileObject(binary, options) : ImageCompiler.Compile(binary, options);
    }

    /// <summary>A bar of the C files of a module that is so big that there are several.</summary>
    private sealed class FileProgress : IProgress<(int Done, int Total)>, IDisposable
    {
        private readonly object _lock = new();
        private Progress? _bar;

        public void Report((int Done, int Total) value)
        {
            if (value.Total <= 3) return;
            lock (_lock)
            {
                _bar ??= new("compiling", value.Total, "files");
                _bar.Report(value.Done);
            }
        }

        public void Dispose() => _bar?.Dispose();
    }
}
