// SPDX-License-Identifier: MIT
// wnano rm: removes an app from a device, or empties one slot.
using System;
using System.CommandLine;
using Wamr.Nano.Tool.Devices;
using Wamr.Nano.Tool.Usage;

namespace Wamr.Nano.Tool.Commands;

internal static class RmCommand
{
    internal static Command Create()
    {
        Argument<string?> name = new("app") { Description = "The app; removes all its versions.", Arity = ArgumentArity.ZeroOrOne };
        Option<int?> slot = new("--slot")
        {
            Description = "Remove only the version in this slot; the version before becomes the app again.",
            HelpName = "number",
        };
        slot.Between(0, DeviceOptions.LastSlot);
        WnanoCommand command = new(
            "rm", "Remove an app from a device.",
            ("wnano rm app --port /dev/ttyACM0", "removes all versions of an app"),
            ("wnano rm --slot 1 --port /dev/ttyACM0", "removes one version: back to the version before"))
        { name, slot };
        DeviceOptions device = new();
        device.AddTo(command);
        command.SetAction(parsed => Program.Guard(() =>
        {
            string? app = parsed.GetValue(name);
            int? number = parsed.GetValue(slot);
            if (app == null == number is null) throw new UsageException("name an app, or a slot with --slot");
            return device.With(parsed, client =>
            {
                if (app != null) client.Remove(app);
                else client.RemoveSlot(number!.Value);
                Console.WriteLine(app != null ? $"{app} is removed" : $"slot {number} is empty");
                return 0;
            }, writes: true);
        }));
        return command;
    }
}
