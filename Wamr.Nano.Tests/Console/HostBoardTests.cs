// SPDX-License-Identifier: MIT
// The app server as firmware: the core as C, a program with a flash file, reached over its line, and switched off while it writes.
using System;
using System.IO;
using System.Text;
using System.Threading;
using Wamr.Nano.Core;
using Wamr.Nano.Tests.Cli;
using Wamr.Nano.Tests.Flash;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Devices;
using Wamr.Nano.Tool.Flash;
using Xunit;

namespace Wamr.Nano.Tests.Devices;

public sealed class HostBoardTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("hostboard-").FullName;
    private readonly StringBuilder text = new();

    public void Dispose() => Directory.Delete(folder, true);

    private string FlashFile => Path.Combine(folder, "flash.bin");

    private static BoardInfo Board => new SourceTree(Repository.PathOf("")).Board("host");

    private static string Build()
    {
        SourceTree tree = new(Repository.PathOf(""));
        FirmwareBuild build = new(tree, Board, new() { Program = "server/Server.cs" });
        return FirmwareLink.Link(build, new() { ModuleFile = Path.Combine(tree.Common, "empty.wasm") });
    }

    private DeviceLink Start(string firmware) =>
        new(DevicePort.Start([firmware], ("WNANO_FLASH", FlashFile)), bytes => { lock (text) text.Append(Encoding.UTF8.GetString(bytes)); });

    private static byte[] Hello => File.ReadAllBytes(Repository.PathOf("samples/hello/hello.wasm"));

    [GccFact]
    public void Apps_are_installed_run_and_still_there_after_a_restart()
    {
        string firmware = Build();
        using (DeviceLink link = Start(firmware))
        {
            DeviceClient client = new(link);
            Assert.Equal(new DeviceInfo("host", 248, 4, 8), client.Info);
            client.Install("hello", Hello, true, null, _ => { });
            client.Run("hello");
            Eventually(() => client.Status() is { Slot: 0, IsRunning: false }, "hello does not end");
            Assert.Equal(WasmError.None, client.Status().Ended);
        }
        lock (text)
        {
            Assert.Contains("\x1Ewn:start slot=0\nHello, wasm!\n", text.ToString(), StringComparison.Ordinal);
            text.Clear();
        }
        using DeviceLink again = Start(firmware);
        DeviceClient restarted = new(again);
        Eventually(() => { lock (text) return text.ToString().Contains("Hello, wasm!", StringComparison.Ordinal); }, "hello is not started at boot");
        Assert.True(restarted.Slots()[0] is { Name: "hello", IsBootChoice: true, State: SlotState.Ready });
    }

    [GccFact]
    public void What_flash_writes_into_the_file_the_firmware_starts()
    {
        EmulatedFlash file = new(FlashFile, Board.Flash!);
        Assert.Equal(2, new Flasher(Board.Flash!, file).App("hello", Hello, true, 2).Slot);
        using DeviceLink link = Start(Build());
        DeviceClient client = new(link);
        Eventually(() => client.Status() is { Slot: 2, IsRunning: false }, "hello is not started from the flash file");
        Assert.Equal(WasmError.None, client.Status().Ended);
        client.Remove("hello");
        Assert.All(client.Slots(), slot => Assert.Equal(SlotState.Empty, slot.State));
    }

    [GccFact]
    public void Switched_off_while_it_installs_the_board_has_the_app_before()
    {
        string firmware = Build();
        byte[] old = SlotBoard.Image(1, 20_000), update = SlotBoard.Image(2, 20_000);
        using (DeviceLink link = Start(firmware)) new DeviceClient(link).Install("a", old, false, null, _ => { });
        foreach (int after in new[] { 244, 2000, 9000, 15_000, 19_900 })
        {
            using (DeviceLink link = Start(firmware))
            {
                DeviceClient client = new(link);
                Assert.Throws<OperationCanceledException>(() => client.Install("a", update, false, null, sent =>
                {
                    if (sent >= after) throw new OperationCanceledException();
                }));
            }
            using DeviceLink again = Start(firmware);
            DeviceSlot[] slots = [.. new DeviceClient(again).Slots()];
            Assert.Equal(DeviceClient.CrcOf(old), Assert.Single(slots, slot => slot.State == SlotState.Ready).ImageCrc);
        }
    }

    [GccFact]
    public void The_command_line_reaches_it()
    {
        string port = $"exec:env WNANO_FLASH={FlashFile} {Build()}";
        string app = Repository.PathOf("samples/hello/hello.wasm");
        ProcessResult installed = Wnano.Run("install", app, "--port", port, "--json");
        Assert.True(installed.ExitCode == 0, installed.Error);
        Assert.Contains("\"slot\": 0", installed.Output, StringComparison.Ordinal);
        ProcessResult listed = Wnano.Run("ps", "--port", port);
        Assert.Matches(@"hello +0 +1 .*starts at boot", listed.Output);
        Assert.Contains("used", Wnano.Run("mem", "--live", "--count", "2", "--interval", "0.1", "--port", port).Output, StringComparison.Ordinal);
        Assert.Contains("Hello, wasm!", Wnano.Run("monitor", "--once", "--time", "none", "--port", $"exec:env WNANO_FLASH={FlashFile} timeout 2 {Build()}").Output, StringComparison.Ordinal);
        ProcessResult absent = Wnano.Run("rm", "other", "--port", port);
        Assert.Equal(1, absent.ExitCode);
        Assert.StartsWith("WN8507 there is no such app on the device", absent.Error[absent.Error.IndexOf("WN8507", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Contains("hello is removed", Wnano.Run("rm", "hello", "--port", port).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/dev/no-such-port", "WN8302")]
    [InlineData("tcp:127.0.0.1:1", "WN8302")]
    [InlineData("tcp:nowhere", "WN8302")]
    [InlineData("exec:no-such-program", "WN8302")]
    [InlineData("exec:false", "WN8304")]
    public void A_wrong_port_is_told_with_the_next_step(string port, string code)
    {
        ProcessResult result = Wnano.Run("ps", "--port", port);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(code, result.Error, StringComparison.Ordinal);
    }

    private static void Eventually(Func<bool> condition, string what)
    {
        const int patience = 30_000, step = 20;
        for (int waited = 0; !condition(); waited += step)
        {
            Assert.True(waited < patience, what);
            Thread.Sleep(step);
        }
    }
}
