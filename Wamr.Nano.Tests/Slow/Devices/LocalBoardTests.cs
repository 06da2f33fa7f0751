// SPDX-License-Identifier: MIT
// The app server as firmware, of a program of this machine and of an emulated microcontroller:
// reached over its line, switched off at any moment.
using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Flash;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Devices;
using Wamr.Nano.Tool.Flash;
using Wamr.Nano.Xip;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Devices;

public sealed class LocalBoardTests : IDisposable
{
    private static readonly SourceTree Tree = new(Repository.PathOf(""));

    private readonly string folder = Directory.CreateTempSubdirectory("board-").FullName;
    private readonly StringBuilder text = new();

    /// <summary>The boards that keep what is written to flash while they run, as far as they can be had here.</summary>
    public static TheoryData<string> Boards => [.. new[] { "host", "mps2-an386" }.Where(name => Tree.Board(name).Missing().Count == 0)];

    public void Dispose() => Directory.Delete(folder, true);

    private string FlashFile => Path.Combine(folder, "flash.bin");

    private static byte[] Hello => File.ReadAllBytes(Repository.PathOf("samples/hello/hello.wasm"));

    private DeviceLink Start(string board) =>
        new(LocalBoard.Start(Tree.Board(board), LocalBoard.Build(Tree, Tree.Board(board)), FlashFile), bytes =>
    {
        lock (text) text.Append(Encoding.UTF8.GetString(bytes));
    });

    private string Printed()
    {
        lock (text) return text.ToString();
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void Apps_are_installed_run_and_still_there_after_a_restart(string board)
    {
        using (DeviceLink link = Start(board))
        {
            DeviceClient client = new(link);
            Assert.Equal(board, client.Info.Board);
            client.Install("hello", Hello, true, null, _ => { });
            client.Run("hello");
            Patience.Eventually(() => client.Status() is { Slot: 0, IsRunning: false }, "hello does not end");
            Assert.Equal(WasmError.None, client.Status().Ended);
        }
        Assert.Contains("\x1Ewn:start slot=0\nHello, wasm!\n", Printed(), StringComparison.Ordinal);
        text.Clear();
        using DeviceLink again = Start(board);
        DeviceClient restarted = new(again);
        Patience.Eventually(() => Printed().Contains("Hello, wasm!", StringComparison.Ordinal), "hello is not started at boot");
        Assert.True(restarted.Slots()[0] is { Name: "hello", IsBootChoice: true, State: AppSlotState.Ready });
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void An_image_runs_where_it_lies_in_its_slot_and_takes_less_of_the_pool(string name)
    {
        BoardInfo board = Tree.Board(name);
        if (ImageTargets.CompiledFor(board) is not string target) return;
        byte[] image = ImageCompiler.Compile(Hello, new CompileOptions { Target = target, Optimization = Optimization.Size });
        uint[] most = [.. new[] { Hello, image }.Select(app =>
        {
            File.Delete(FlashFile);
            using DeviceLink link = Start(name);
            DeviceClient client = new(link);
            client.Install("hello", app, true, null, _ => { });
            client.Run("hello");
            Patience.Eventually(() => client.Status() is { Slot: 0, IsRunning: false }, "hello does not end");
            Assert.Equal(WasmError.None, client.Status().Ended);
            Assert.Contains("Hello, wasm!", Printed(), StringComparison.Ordinal);
            text.Clear();
            return client.Status().HighWater;
        })];
        Assert.True(most[1] < most[0], $"the image took {most[1]} B, the module {most[0]} B");
    }

    /// <summary>A native image ended with 5014 when its first slice of fuel was spent; a sleeping app kept the console waiting.</summary>
    [SharedTheory("cases")]
    [InlineData("count1m", "wasm")]
    [InlineData("count1m", "xip")]
    [InlineData("sleep60", "wasm")]
    [InlineData("sleep60", "xip")]
    public void An_app_runs_to_its_end_and_is_stopped_in_a_slot(string app, string form)
    {
        const string name = "mps2-an386";
        if (Tree.Board(name).Missing().Count != 0) return;
        byte[] module = File.ReadAllBytes(Shared.PathOf($"cases/{app}.wasm"));
        if (form == "xip")
        {
            if (ImageTargets.CompiledFor(Tree.Board(name)) is not string target) return;
            module = ImageCompiler.Compile(module, new CompileOptions { Target = target });
        }
        using DeviceLink link = Start(name);
        DeviceClient client = new(link);
        client.Install("app", module, true, null, _ => { });
        client.Run("app");
        if (app == "sleep60")
        {
            Patience.Eventually(() => client.Status().IsRunning, "it does not run");
            client.Stop();
        }
        Patience.Eventually(() => client.Status() is { Slot: 0, IsRunning: false }, "it does not end");
        Assert.Equal(app == "sleep60" ? WasmError.Terminated : WasmError.None, client.Status().Ended);
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void Switched_off_while_it_installs_the_board_has_the_app_before(string board)
    {
        byte[] old = SlotBoard.Image(1, 20_000), update = SlotBoard.Image(2, 20_000);
        using (DeviceLink link = Start(board)) new DeviceClient(link).Install("a", old, false, null, _ => { });
        foreach (int after in new[] { 244, 2000, 9000, 15_000, 19_900 })
        {
            using (DeviceLink link = Start(board))
            {
                DeviceClient client = new(link);
                Assert.Throws<OperationCanceledException>(() => client.Install("a", update, false, null, sent =>
                {
                    if (sent >= after) throw new OperationCanceledException();
                }));
            }
            using DeviceLink again = Start(board);
            DeviceSlot[] slots = [.. new DeviceClient(again).Slots()];
            Assert.Equal(DeviceClient.CrcOf(old), Assert.Single(slots, slot => slot.State == AppSlotState.Ready).ImageCrc);
        }
    }

    [Theory]
    [InlineData("host")]
    [InlineData("mps2-an386")]
    [InlineData("stm32f405")]
    public void What_flash_writes_into_the_file_the_firmware_starts(string name)
    {
        BoardInfo board = Tree.Board(name);
        if (board.Missing().Count != 0) return;
        EmulatedFlash file = new(FlashFile, board.Flash!);
        Assert.Equal(2, new Flasher(board.Flash!, file).App("hello", Hello, true, 2).Slot);
        using DeviceLink link = Start(name);
        DeviceClient client = new(link);
        Patience.Eventually(() => client.Status() is { Slot: 2, IsRunning: false }, "hello is not started from the flash file");
        Assert.Equal(WasmError.None, client.Status().Ended);
        Assert.Contains("Hello, wasm!", Printed(), StringComparison.Ordinal);
    }

    /// <summary>The emulated STM32F405 has no flash controller: writes go nowhere, as with a worn or locked flash.</summary>
    [Fact]
    public void Flash_that_does_not_take_what_is_written_costs_the_install_and_nothing_else()
    {
        BoardInfo board = Tree.Board("stm32f405");
        if (board.Missing().Count != 0) return;
        new Flasher(board.Flash!, new EmulatedFlash(FlashFile, board.Flash!)).App("hello", Hello, true, null);
        using DeviceLink link = Start("stm32f405");
        DeviceClient client = new(link);
        Assert.Equal(WasmError.FlashVerifyFailed,
            Assert.Throws<WasmException>(() => client.Install("hello", SlotBoard.Image(1, 500), true, null, _ => { })).Error);
        Assert.Equal(0, client.Run("hello"));
        Patience.Eventually(() => client.Status() is { Slot: 0, IsRunning: false }, "the app before is not started");
    }

    /// <summary>It polled its line, and took a processor of this machine for that.</summary>
    [Theory]
    [InlineData("mps2-an386")]
    [InlineData("stm32f405")]
    [InlineData("host")]
    public void An_idle_board_leaves_the_processor_alone(string board)
    {
        if (!OperatingSystem.IsLinux() || Tree.Board(board).Missing().Count != 0) return;
        using DeviceLink link = Start(board);
        _ = new DeviceClient(link).Status();
        string process = Assert.Single(Directory.GetDirectories("/proc"), folder => File.Exists(folder + "/environ") && IsTheBoard(folder));
        TimeSpan before = Used(process);
        Thread.Sleep(3000);
        TimeSpan used = Used(process) - before;
        Assert.True(used < TimeSpan.FromSeconds(0.5), $"{used.TotalSeconds} s of 3 s");
    }

    private bool IsTheBoard(string folder)
    {
        try
        {
            return (File.ReadAllText(folder + "/cmdline") + File.ReadAllText(folder + "/environ"))
                .Contains(FlashFile, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static TimeSpan Used(string process)
    {
        const int user = 11, system = 12, ticksPerSecond = 100;
        string stat = File.ReadAllText(process + "/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return TimeSpan.FromSeconds((double)(long.Parse(fields[user], CultureInfo.InvariantCulture)
            + long.Parse(fields[system], CultureInfo.InvariantCulture)) / ticksPerSecond);
    }

    /// <summary>Ctrl+C reaches the emulator, too, which said so; and one that reached the tool alone left the emulator running.</summary>
    [Theory]
    [InlineData("-INT", 0)]
    [InlineData("-TERM", 143)]
    public void A_monitor_that_is_ended_takes_the_board_along_without_a_word(string signal, int exitCode)
    {
        const string board = "mps2-an386";
        if (!OperatingSystem.IsLinux() || Tree.Board(board).Missing().Count != 0) return;
        string port = $"exec:{ExternalProgram.Locate("qemu-system-arm")} -M mps2-an386 -kernel {LocalBoard.Build(Tree, Tree.Board(board))} "
            + "-display none -monitor none -serial stdio "
            + $"-machine memory-backend=flash -object memory-backend-file,id=flash,size=16M,share=on,mem-path={FlashFile}";
        new EmulatedFlash(FlashFile, Tree.Board(board).Flash!).Probe();
        // A shell that starts the tests in the background lets them ignore Ctrl+C, and programs pass that on.
        string tool = Path.Combine(AppContext.BaseDirectory, "wnano.dll");
        string[] command = ["--default-signal=INT", "dotnet", tool, "monitor", "--port", port];
        using Process monitor = Process.Start(new ProcessStartInfo("env", command)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        Assert.Equal("-- connected", monitor.StandardError.ReadLine());
        Thread.Sleep(500);
        Wnano.Start("kill", signal, monitor.Id.ToString(CultureInfo.InvariantCulture));
        if (!monitor.WaitForExit(Patience.OfBoards))
        {
            monitor.Kill(entireProcessTree: true);
            Assert.Fail(Patience.Ended($"the monitor that got {signal}", Patience.OfBoards));
        }
        Assert.Equal("", monitor.StandardError.ReadToEnd() + monitor.StandardOutput.ReadToEnd());
        Assert.Equal(exitCode, monitor.ExitCode);
        Patience.Eventually(() => !Directory.GetDirectories("/proc")
            .Any(folder => File.Exists(folder + "/environ") && IsTheBoard(folder)), "the board goes on without its monitor");
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void A_damaged_directory_is_shown_and_written_over(string name)
    {
        BoardInfo board = Tree.Board(name);
        EmulatedFlash file = new(FlashFile, board.Flash!);
        new Flasher(board.Flash!, file).App("hello", Hello, true, 0);
        Damage((int)board.Flash!.Slots[0].Offset + 12, 1);
        foreach (SlotPlace slot in board.Flash.Slots.Skip(1)) Damage((int)slot.Offset, 64);
        using DeviceLink link = Start(name);
        DeviceClient client = new(link);
        Assert.All(client.Slots(), slot => Assert.Equal(AppSlotState.BadEntry, slot.State));
        Assert.False(client.Status().IsRunning);
        client.Install("hello", Hello, true, null, _ => { });
        Assert.Single(client.Slots(), slot => slot.State == AppSlotState.Ready);
    }

    [Fact]
    public void A_board_that_runs_already_is_not_started_a_second_time()
    {
        using DeviceLink link = Start("host");
        DeviceException busy = Assert.Throws<DeviceException>(() => Start("host"));
        Assert.Equal(DeviceError.PortBusy, busy.Error);
    }

    [GccFact]
    public void The_command_line_reaches_it()
    {
        string elf = LocalBoard.Build(Tree, Tree.Board("host")), port = $"exec:env WNANO_FLASH={FlashFile} {elf}";
        string app = Repository.PathOf("samples/hello/hello.wasm");
        ProcessResult installed = Wnano.Run("install", app, "--port", port, "--json");
        Assert.True(installed.ExitCode == 0, installed.Error);
        Assert.Contains("\"slot\": 0", installed.Output, StringComparison.Ordinal);
        ProcessResult listed = Wnano.Run("ps", "--port", port);
        Assert.Matches(@"hello +0 +1 .*starts at boot", listed.Output);
        Assert.Equal("", listed.Error); // the app's own output is for the monitor
        Assert.Contains("used", Wnano.Run("mem", "--live", "--count", "2", "--interval", "0.1", "--port", port).Output,
            StringComparison.Ordinal);
        string brief = $"exec:env WNANO_FLASH={FlashFile} timeout 2 {elf}";
        Assert.Contains("Hello, wasm!", Wnano.Run("monitor", "--once", "--time", "none", "--port", brief).Output, StringComparison.Ordinal);
        ProcessResult absent = Wnano.Run("rm", "other", "--port", port);
        Assert.Equal(1, absent.ExitCode);
        Assert.Contains("WN8507 there is no such app on the device", absent.Error, StringComparison.Ordinal);
        Assert.Contains("hello is removed", Wnano.Run("rm", "hello", "--port", port).Output, StringComparison.Ordinal);
    }

    private void Damage(int offset, int size)
    {
        using FileStream stream = new(FlashFile, FileMode.Open);
        stream.Position = offset;
        stream.Write(Enumerable.Repeat((byte)0x5A, size).ToArray());
    }
}
