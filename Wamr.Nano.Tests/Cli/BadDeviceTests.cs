// SPDX-License-Identifier: MIT
// Whatever is wrong with a device, its port, its flash or what is to go there has an error of
// its own that names the next step; nothing is written.
using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Tasks;
using Wamr.Nano.Tests.Flash;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Flash;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Devices;
using Xunit;

namespace Wamr.Nano.Tests.Cli;

public sealed partial class BadDeviceTests : IDisposable
{
    private const string Board = "stm32f407";

    private static readonly SourceTree Tree = new(Repository.PathOf(""));

    private readonly string folder = Directory.CreateTempSubdirectory("bad-").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    private static string Hello => Repository.PathOf("samples/hello/hello.wasm");

    /// <summary>What a flash tool meets, and what is to be flashed: the number, and the next step in words.</summary>
    public static TheoryData<string, FakeMood, string, string, string> Flashing => new()
    {
        { "no board", FakeMood.Absent, "hello", "WN8312", "connect the board" },
        { "wrong chip", FakeMood.OtherChip, "hello", "WN8314", "connect the right board" },
        { "image too big", FakeMood.Well, "big", "WN8315", "another --slot or board may have more room" },
        { "image for another FPU", FakeMood.Well, "double", "WN7005", "compile" },
        { "image for another processor", FakeMood.Well, "riscv", "WN7004", "compile" },
        { "damaged image", FakeMood.Well, "damaged", "WN7003", "flash or copy it again" },
        { "no app", FakeMood.Well, "text", "WN8317", "give a .wasm module" },
        { "firmware for another processor", FakeMood.Well, "elf", "WN8316", "compile it for this board" },
        { "bad name", FakeMood.Well, "name", "WN8513", "name" },
    };

    [Theory]
    [MemberData(nameof(Flashing))]
    public void Flash_refuses_before_anything_is_written(string situation, FakeMood mood, string what, string code, string next)
    {
        using FakeTools tools = new(Tree.Board(Board).Flash!) { Mood = mood };
        ProcessResult result =
            tools.Wnano(["flash", FileOf(what), "--board", Board, .. what == "name" ? ["--name", "a b"] : Array.Empty<string>()]);
        Refusals.Check(situation, result, code, next);
        Assert.All(tools.File.Read(0, (int)Tree.Board(Board).Flash!.Bytes), b => Assert.Equal(0xFF, b));
    }

    [Fact]
    public void Error_about_a_pulled_cable_quotes_the_tool()
    {
        using FakeTools tools = new(Tree.Board(Board).Flash!) { Mood = FakeMood.Pulled };
        ProcessResult result = tools.Wnano(["flash", Hello, "--board", Board]);
        Refusals.Check("pulled cable", result, "WN8313", "flash again");
        Assert.Contains("lost the connection", result.Error, StringComparison.Ordinal);
    }

    public static TheoryData<string, string[], string, string> Commands => new()
    {
        { "wrong port", ["ps", "--port", "/dev/no-such-port"], "WN8302", "wnano ports" },
        { "no serial port", ["ps", "--port", "/dev/null"], "WN8302", "wnano ports" },
        { "no such address", ["ps", "--port", "tcp:127.0.0.1:1"], "WN8302", "wnano ports" },
        { "no address", ["ps", "--port", "tcp:nowhere"], "WN8302", "wnano ports" },
        { "no such program", ["ps", "--port", "exec:no-such-program"], "WN8302", "wnano ports" },
        { "closed line", ["ps", "--port", "exec:false"], "WN8304", "reset the board" },
        { "noise", ["ps", "--port", "exec:head -c 50000 /dev/urandom"], "WN8304", "reset the board" },
        { "no slots", ["flash", Hello, "--board", "microbit", "--driver", "emulated"], "WN8320", "docs/SLOTS.md" },
        { "no flash described", ["flash", Hello, "--board", "xtensa"], "WN8310", "board.json" },
        { "unknown tool", ["flash", Hello, "--board", Board, "--driver", "hammer"], "WN8310", "board.json" },
        { "removal from flash that cannot be written", ["rm", "hello", "--board", "stm32f405"],
            "WN8323 the emulator of board 'stm32f405' cannot write its flash; mps2-an386 and host can:", "--board" },
        { "installation into flash that cannot be written", ["install", Hello, "--board", "stm32f405"], "WN8323", "wnano flash" },
        { "no such slot", ["flash", Hello, "--board", "host", "--slot", "9"], "WN8321", "another --slot" },
        { "flash file of another size", ["flash", Hello, "--board", "host", "--port", Hello], "WN8322", "delete the file" },
    };

    [Theory]
    [MemberData(nameof(Commands))]
    public void Each_mistake_has_a_number_and_a_next_step(string situation, string[] arguments, string code, string next) =>
        Refusals.Check(situation, Wnano.Run(arguments), code, next);

    [Fact]
    public void Without_a_port_the_ports_there_are_decide()
    {
        if (DevicePort.All().Count == 1) return; // that one would be opened
        Refusals.Check("no port", Wnano.Run("ps"), "WN8301", "--port");
    }

    [Fact]
    public async Task A_port_that_another_program_holds_is_busy_and_noise_on_one_is_no_answer()
    {
        if (!OperatingSystem.IsLinux()) return;
        using Pty pty = new();
        using (new FileStream(pty.Name, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            Refusals.Check("busy port", Wnano.Run("ps", "--port", pty.Name), "WN8303", "end the program");
        Task noise = pty.Babble(20_000);
        ProcessResult deaf = Wnano.Run("ps", "--port", pty.Name);
        Refusals.Check("serial noise", deaf, "WN8304", "--baud");
        Assert.DoesNotContain(deaf.Error, letter => letter is not ('\n' or '\t' or '\x1b') && char.IsControl(letter));
        await noise;
    }

    private string FileOf(string what)
    {
        string file = Path.Combine(folder, what + (what is "hello" or "name" or "big" ? ".wasm" : ".bin"));
        byte[] damaged = HeaderImage.For(HeaderImage.Target(Board));
        damaged[^1] ^= 1;
        File.WriteAllBytes(file, what switch
        {
            "big" => Refusals.Larger(200_000),
            "double" => HeaderImage.For(HeaderImage.Target("mps2-an500")),
            "riscv" => HeaderImage.For(HeaderImage.Target("riscv32")),
            "damaged" => damaged,
            "text" => Encoding.UTF8.GetBytes("this is not an app, whatever its name says"),
            "elf" => FlasherTests.Elf(243, (0x08000000, new byte[100])),
            _ => File.ReadAllBytes(Hello),
        });
        return file;
    }

    /// <summary>A serial port without hardware: what is written to its master arrives at its name.</summary>
    private sealed partial class Pty : IDisposable
    {
        private const int ReadWrite = 2;
        private readonly int _master = Open(ReadWrite);

        internal Pty()
        {
            Assert.True(_master >= 0 && Grant(_master) == 0 && Unlock(_master) == 0);
            Name = Marshal.PtrToStringAnsi(NameOf(_master))!;
        }

        internal string Name { get; }

        public void Dispose() => Close(_master);

        /// <summary>Sends random bytes for about ten seconds, and takes what comes.</summary>
        internal Task Babble(int bytes) => Task.Run(async () =>
        {
            const int portion = 100;
            Random random = new(1);
            byte[] noise = new byte[portion];
            for (int sent = 0; sent < bytes; sent += portion)
            {
                random.NextBytes(noise);
                Assert.Equal(portion, Write(_master, noise, portion));
                await Task.Delay(50);
            }
        });

        [LibraryImport("libc", EntryPoint = "posix_openpt")]
        private static partial int Open(int flags);

        [LibraryImport("libc", EntryPoint = "grantpt")]
        private static partial int Grant(int file);

        [LibraryImport("libc", EntryPoint = "unlockpt")]
        private static partial int Unlock(int file);

        [LibraryImport("libc", EntryPoint = "ptsname")]
        private static partial nint NameOf(int file);

        [LibraryImport("libc", EntryPoint = "write")]
        private static partial nint Write(int file, byte[] bytes, nint size);

        [LibraryImport("libc", EntryPoint = "close")]
        private static partial int Close(int file);
    }
}
