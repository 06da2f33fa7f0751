// SPDX-License-Identifier: MIT
// wnano install: sends an app to a slot of a running device.
using System;
using System.CommandLine;
using System.Diagnostics;
using System.IO;
using System.Text.Json.Nodes;
using Wamr.Nano.Tool.Apps;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Devices;
using Wamr.Nano.Tool.Printing;
using Wamr.Nano.Tool.Usage;

namespace Wamr.Nano.Tool.Commands;

internal static class InstallCommand
{
    internal static Command Create()
    {
        Argument<FileInfo> image = new("image") { Description = "The .wasm file, or an image of 'wnano compile'." };
        Option<string?> name = new("--name") { Description = "Name of the app; by default, the name of the file.", HelpName = "name" };
        Option<int?> slot = new("--slot") { Description = "The slot; by default, a free one.", HelpName = "number" };
        Option<bool> noStart = new("--no-start") { Description = "Do not start the app, now or at boot." };
        Option<bool> json = Output.JsonOption();
        slot.Between(0, DeviceOptions.LastSlot);
        WnanoCommand command = new(
            "install", "Install an app on a device. The version before stays until its slot is needed.",
            ("wnano install app.wasm --port /dev/ttyACM0", "writes the app to a free slot, and starts it"),
            ("wnano install app.wasm --board mps2-an386", "does the same on an emulated board"))
        { image, name, slot, noStart, json };
        DeviceOptions device = new();
        device.AddTo(command);
        command.SetAction(parsed => Program.Guard(() =>
        {
            FileInfo file = parsed.GetRequiredValue(image);
            byte[] bytes = Host.Read(file);
            AppImage.Require(bytes, file.Name);
            AppImage.Demand(bytes, null);
            string app = parsed.GetValue(name) ?? Host.NameOf(file);
            bool start = !parsed.GetValue(noStart);
            return device.With(parsed, client =>
            {
                if (NanoRuntime.IsImage(bytes) && SourceTree.Known(client.Info.Board) is BoardInfo board) AppImage.Demand(bytes, board);
                Stopwatch watch = Stopwatch.StartNew();
                using Progress progress = new("installing", bytes.Length);
                int used = client.Install(app, bytes, start, parsed.GetValue(slot), progress.Report);
                progress.Dispose();
                if (start) client.Run(app);
                Report(app, used, bytes.Length, watch.Elapsed, parsed.GetValue(json));
                return 0;
            }, start, writes: true);
        }));
        return command;
    }

    private static void Report(string app, int slot, int bytes, TimeSpan time, bool json)
    {
        if (json)
            Output.Json(
                new JsonObject { ["app"] = app, ["slot"] = slot, ["bytes"] = bytes, ["seconds"] = Math.Round(time.TotalSeconds, 3) });
        else
            Console.WriteLine(FormattableString.Invariant($"{app}: {Bytes.Text((ulong)bytes)} B in slot {slot}, {time.TotalSeconds:F1} s"));
    }
}
