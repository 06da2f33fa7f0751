// SPDX-License-Identifier: MIT
// Bytecode images: what runs from them, what they take of the pool, and that a damaged one, or one for another machine, is refused.
using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Xip;
using Wamr.Nano.Xip;
using Xunit;

namespace Wamr.Nano.Tests.Xip;

public unsafe class BytecodeImageTests
{
    /// <summary>A little of everything: memory, data, table, globals, calls of each kind, a loop, an import.</summary>
    private static byte[] Small()
    {
        ModuleBuilder m = new();
        uint read = m.ImportFunction("sensor", "read", "i:i");
        m.Memory(1, 1);
        m.Table(2);
        uint total = m.Global('i', new Code().I32(5), mutable: true);
        uint add = m.Function("ii:i", new Code().Get(0).Get(1).Op(Opcode.I32Add));
        m.Function("i:i", new Code().Open(Opcode.Loop)
            .Op(Opcode.GlobalGet, total).Get(0).Call(add).Op(Opcode.GlobalSet, total)
            .Get(0).I32(1).Op(Opcode.I32Sub).Tee(0).Op(Opcode.BrIf, 0).End()
            .I32(8).Op(Opcode.GlobalGet, total).I32(0).Op(Opcode.I32Load, 2, 0).I32(0)
            .Op(Opcode.CallIndirect, m.Type("ii:i"), 0).Op(Opcode.I32Store, 2, 0)
            .I32(8).Op(Opcode.I32Load, 2, 0), export: "run");
        m.Function("i:i", new Code().Get(0).Call(read), export: "ask");
        m.Function("n:", new Code().I32(1).Get(0).Op(Opcode.TableSet, 0));
        m.Elements(0, add).Data(0, 1, 2, 3, 4);
        return m.Build();
    }

    [Theory]
    [MemberData(nameof(Kernels.Results), MemberType = typeof(Kernels))]
    public void Kernel_gives_its_known_result(string kernel, int rounds, uint result)
    {
        using NanoRuntime runtime = new(128 << 10);
        NanoModule module = runtime.LoadImage(ImageKit.Bytecode(File.ReadAllBytes(Kernels.PathOf(kernel))));
        Assert.Equal(result, module.Instantiate(new() { StackBytes = 4096 }).GetFunc<int, uint>("run")(rounds));
    }

    [Fact]
    public void The_sensor_sample_says_the_same_from_an_image()
    {
        byte[] sensor = File.ReadAllBytes(Repository.PathOf("samples/sensor/sensor.wasm"));
        Assert.Equal(Run(runtime => runtime.LoadModule(sensor)), Run(runtime => runtime.LoadImage(ImageKit.Bytecode(sensor))));

        static string Run(Func<NanoRuntime, NanoModule> load)
        {
            MemoryStream output = new();
            int reading = 20_000;
            using NanoRuntime runtime =
                new(new NanoRuntimeOptions { PoolBytes = 8 << 10, Output = output, ReadSensor = _ => reading += 777 });
            runtime.AddSensorModule();
            int alarms = load(runtime).Instantiate(new() { StackBytes = 512 }).GetFunc<int, int>("run")(5);
            return Encoding.UTF8.GetString(output.ToArray()) + alarms;
        }
    }

    [Fact]
    public void The_hello_sample_greets_and_exits_from_an_image()
    {
        MemoryStream output = new();
        using NanoRuntime runtime = new(new NanoRuntimeOptions { PoolBytes = 1 << 20, Output = output });
        runtime.AddWasi();
        NanoInstance hello = runtime.LoadImage(ImageKit.Bytecode(File.ReadAllBytes(Repository.PathOf("samples/hello/hello.wasm"))))
            .Instantiate(new() { StackBytes = 8192, Arguments = ["hello", "5"], Environment = ["NAME=Nano"] });
        Assert.Equal(5, hello.RunProgram());
        Assert.StartsWith("Hello, Nano!", Encoding.UTF8.GetString(output.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_trap_names_its_functions_without_offsets()
    {
        ModuleBuilder m = new();
        uint inner = m.Function(":", new Code().Op(Opcode.Unreachable));
        m.Function(":", new Code().Call(inner), export: "outer");
        using NanoRuntime runtime = new();
        WasmException e =
            Assert.Throws<WasmException>(() => runtime.LoadImage(ImageKit.Bytecode(m.Build())).Instantiate().GetAction("outer")());
        Assert.Equal(WasmError.Unreachable, e.Error);
        Assert.Equal(["at ? (function 0)", "at outer (function 1)"], e.CallStack.Select(frame => frame.ToString()));
    }

    [Fact]
    public void Nothing_but_the_module_itself_is_in_the_pool()
    {
        byte[] sha = ImageKit.Bytecode(File.ReadAllBytes(Repository.PathOf("bench/kernels/sha256.wasm")));
        using NanoRuntime runtime = new(16 << 10);
        runtime.LoadImage(sha);
        Assert.InRange(runtime.Statistics.Modules.Used, 1u, (uint)sizeof(LoadedModule) + 16);
    }

    [Fact]
    public void The_same_module_makes_the_same_image()
    {
        Assert.Equal(ImageKit.Bytecode(Small()), ImageKit.Bytecode(Small()));
        byte[] image = ImageKit.Bytecode(Small());
        Assert.Equal((ImageKind.Bytecode, ImageMachine.Any, (byte)sizeof(nuint)),
            (ImageKit.Header(image).Kind, ImageKit.Header(image).Target.Machine, ImageKit.Header(image).Target.PointerBytes));
    }

    [Fact]
    public void Frames_for_a_microcontroller_keep_a_narrower_return_address()
    {
        byte[] wide = ImageCompiler.CompileBytecode(Small(), new(), 8), narrow = ImageCompiler.CompileBytecode(Small(), new(), 4);
        Assert.Equal(wide[(int)ImageKit.Header(wide).CodeAt] - 1, narrow[(int)ImageKit.Header(narrow).CodeAt]);
        Assert.Equal(WasmError.WrongPointerSize, ImageKit.Load(sizeof(nuint) == 8 ? narrow : wide));
    }

    public static TheoryData<bool> Kinds => XipEngine.IsPossible ? [false, true] : [false];

    private static byte[] Image(bool native) => native
        ? ImageCompiler.Compile(Small(), new() { Target = "x86_64", Optimization = Optimization.Size, Jobs = 1 })
        : ImageKit.Bytecode(Small());

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_cut_image_is_refused(bool native)
    {
        byte[] image = Image(native);
        for (int length = 0; length < image.Length; length++) Assert.NotEqual(WasmError.None, ImageKit.Load(image[..length]));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_flipped_bit_is_noticed(bool native)
    {
        byte[] image = Image(native);
        for (int bit = 0; bit < image.Length * 8; bit++)
        {
            image[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.NotEqual(WasmError.None, ImageKit.Load(image));
            image[bit / 8] ^= (byte)(1 << bit % 8);
        }
        Assert.Equal(WasmError.None, ImageKit.Load(image));
    }

    [Theory]
    [InlineData("globals")]
    [InlineData("elements")]
    [InlineData("data")]
    public void Entries_that_share_their_bytes_are_refused(string table)
    {
        ModuleBuilder m = new();
        m.Memory(1);
        m.Table(2);
        m.Global('i', new Code().I32(1));
        m.Global('i', new Code().I32(1));
        uint f = m.Function(":", new Code());
        m.Elements(0, f).Elements(1, f).Data(0, 1, 2).Data(0, 1, 2);
        ForgedImage image = new(m);
        ref ModuleInfo info = ref image.Info;
        (uint at, int size) = table switch
        {
            "globals" => (info.GlobalsAt, sizeof(Global)),
            "elements" => (info.ElemAt, sizeof(uint)),
            _ => (info.DataAt, sizeof(uint)),
        };
        Assert.Equal(WasmError.None, image.Load());
        Span<byte> entries = image.Bytes.AsSpan((int)(image.Header.InfoAt + at));
        entries[..sizeof(uint)].CopyTo(entries[size..]);
        Assert.Equal(WasmError.BadImageTable, image.Load());
    }

    public static TheoryData<string, WasmError> Headers => new()
    {
        { "kind native", WasmError.WrongImageKind },
        { "kind unknown", WasmError.WrongImageKind },
        { "big-endian", WasmError.WrongByteOrder },
        { "other pointers", WasmError.WrongPointerSize },
        { "image version", WasmError.UnknownImageVersion },
        { "ABI version", WasmError.WrongAbi },
        { "feature", WasmError.ImageFeatureMissing },
        { "alignment", WasmError.MisalignedImage },
        { "digest that nobody checks", WasmError.ImageFeatureMissing },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public void A_header_that_asks_for_something_else_has_its_own_error(string change, WasmError expected)
    {
        byte[] image = ImageKit.Bytecode(Small());
        if (change.StartsWith("digest", StringComparison.Ordinal)) image = [.. image, .. new byte[ImageHeader.DigestBytes]];
        ref ImageHeader h = ref ImageKit.Header(image);
        switch (change)
        {
            case "kind native": h.Kind = ImageKind.Native; break;
            case "kind unknown": h.Kind = (ImageKind)3; break;
            case "big-endian": h.Target.LittleEndian = 0; break;
            case "other pointers": h.Target.PointerBytes ^= 12; break;
            case "image version": h.ImageVersion++; break;
            case "ABI version": h.AbiVersion++; break;
            case "feature": h.Features |= (Features)(1u << 31); break;
            case "alignment": h.AlignmentLog2 = 13; break;
            default: (h.DigestAt, h.Size) = (h.Size, h.Size + ImageHeader.DigestBytes); break;
        }
        // What claims to be native is refused for that by an engine of bytecode, and for its processor by one of native code.
        WasmError error = WasmError.None;
        Refuse(ImageKit.Seal(image), &error);
        Assert.Equal(expected, error);
        string text = new WasmException(error, default).Message;
        Assert.Contains($"WN{(int)expected}", text, StringComparison.Ordinal);
        Assert.Contains(": ", text, StringComparison.Ordinal);
    }

    private static void Refuse(byte[] image, WasmError* error)
    {
        using Pool pool = new(64 * 1024);
        Runtimes.Init(pool.Runtime, null, Features.All);
        byte* bytes = (byte*)NativeMemory.AlignedAlloc((nuint)image.Length, 8);
        image.CopyTo(new Span<byte>(bytes, image.Length));
        ImageArgs args = default;
        Module* module;
        *error = BytecodeImages.Load(pool.Runtime, bytes, (uint)image.Length, &args, &module);
        NativeMemory.AlignedFree(bytes);
        Runtimes.Destroy(pool.Runtime);
    }

    [Fact]
    public void An_image_asks_for_the_features_it_needs_and_no_others()
    {
        ModuleBuilder m = new();
        m.Function("i:i", new Code().Get(0).Op(Opcode.I32Extend8S));
        byte[] image = ImageKit.Bytecode(m.Build());
        Assert.Equal(Features.SignExtension, ImageKit.Header(image).Features);
        Assert.Equal(WasmError.None, ImageKit.Load(image, features: Features.SignExtension));
        Assert.Equal(WasmError.ImageFeatureMissing, ImageKit.Load(image, features: Features.All & ~Features.SignExtension));
    }

    [Fact]
    public void An_image_asks_for_all_the_features_it_needs_or_names_the_one_that_is_off()
    {
        ModuleBuilder m = new();
        m.Memory(1);
        m.Global('i', new Code().I32(0), mutable: true, "g");
        m.Function("i:ii", new Code().Get(0).Op(Opcode.I32Extend8S).Get(0));
        byte[] binary = m.Build();
        Assert.Equal(Features.SignExtension | Features.MultiValue | Features.MutableGlobals,
            ImageKit.Header(ImageKit.Bytecode(binary)).Features);
        CompileOptions less = new() { Features = Features.All & ~Features.MultiValue };
        WasmException e = Assert.Throws<WasmException>(() => ImageCompiler.CompileBytecode(binary, less, 8));
        Assert.Equal(WasmError.FeatureDisabled, e.Error);
        Assert.Contains("several results", e.Message);
    }

    [Fact]
    public void An_engine_refuses_the_images_of_the_other()
    {
        byte[] image = ImageKit.Bytecode(Small());
        byte* bytes = (byte*)NativeMemory.AlignedAlloc((nuint)image.Length, 64);
        image.CopyTo(new Span<byte>(bytes, image.Length));
        using Pool pool = new(64 * 1024);
        Runtimes.Init(pool.Runtime, null, Features.All);
        ImageArgs args = new() { Target = MappedImage.Here };
        Module* module;
        Assert.Equal(WasmError.WrongImageKind, NativeImages.Load(pool.Runtime, bytes, (uint)image.Length, &args, &module));
        Runtimes.Destroy(pool.Runtime);
        NativeMemory.AlignedFree(bytes);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_failing_allocation_is_clean(bool native)
    {
        byte[] image = Image(native);
        byte* bytes = (byte*)NativeMemory.AlignedAlloc((nuint)image.Length, 64);
        image.CopyTo(new Span<byte>(bytes, image.Length));
        using Pool pool = new(256 * 1024);
        Runtimes.Init(pool.Runtime, null, Features.All);
        nint at = (nint)bytes;
        Assert.InRange(FailingAllocations.All(pool, () => Use(pool, (byte*)at, (uint)image.Length)), native ? 4u : 10u, 30u);
        Runtimes.Destroy(pool.Runtime);
        NativeMemory.AlignedFree(bytes);
    }

    private static WasmError Use(Pool pool, byte* bytes, uint size)
    {
        ImageArgs args = new() { Target = MappedImage.Here };
        Module* module;
        WasmError error = Images.Load(pool.Runtime, bytes, size, &args, &module);
        if (error != WasmError.None) return error;
        InstantiateArgs how = new() { AllowUnlinked = true, StackBytes = 256 };
        Instance* instance;
        error = Instances.Create(module, &how, &instance);
        ExecEnv* env = null;
        if (error == WasmError.None) error = ExecEnvs.Create(instance, 0, &env);
        if (env != null) ExecEnvs.Free(env);
        if (instance != null) Instances.Free(instance);
        Modules.Unload(module);
        return error;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5L << 30)]
    public void A_file_that_cannot_be_an_image_is_refused_with_a_code(long size)
    {
        string path = Path.GetTempFileName();
        try
        {
            // No bytes are written: the file is as long as it says all the same.
            using (FileStream file = File.OpenWrite(path)) file.SetLength(size);
            using NanoRuntime runtime = new();
            WasmException e = Assert.Throws<WasmException>(() => runtime.LoadImage(path));
            Assert.StartsWith("WN70", e.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void The_host_cannot_change_a_table_that_code_takes_for_constant()
    {
        if (!XipEngine.IsPossible) return;
        ModuleBuilder m = new();
        m.Table(2, export: "table");
        uint one = m.Function(":i", new Code().I32(1), export: "one");
        m.Function(":i", new Code().I32(0).Op(Opcode.CallIndirect, m.Type(":i"), 0), export: "call");
        m.Elements(0, one, one);
        byte[] image = ImageCompiler.Compile(m.Build(), new() { Target = "x86_64", Optimization = Optimization.Fast, Jobs = 1 });
        using NanoRuntime runtime = new();
        NanoInstance instance = runtime.LoadImage(image).Instantiate();
        NanoTable table = instance.GetTable("table");
        Assert.True(table.IsConstant);
        Assert.Throws<InvalidOperationException>(() => table[0] = table[1]);
        using NanoRuntime open = new();
        NanoTable variable = open.LoadModule(m.Build()).Instantiate().GetTable("table");
        variable[0] = variable[1];
    }
}
