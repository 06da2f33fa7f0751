// SPDX-License-Identifier: MIT
// wnano ports: the serial ports of this machine.
using System;
using System.CommandLine;
using System.Linq;
using System.Text.Json.Nodes;
using Wamr.Nano.Tool.Devices;
using Wamr.Nano.Tool.Printing;
using Wamr.Nano.Tool.Usage;

namespace Wamr.Nano.Tool.Commands;

internal static class PortsCommand
{
    internal static Command Create()
    {
        Option<bool> json = Output.JsonOption();
        WnanoCommand command = new(
            "ports", "List the serial ports that may lead to a board.",
            ("wnano ports", "their names, for --port"))
        { json };
        command.SetAction(parsed => Program.Guard(() =>
        {
            var ports = DevicePort.All();
            if (parsed.GetValue(json)) Output.Json(new JsonObject { ["ports"] = new JsonArray([.. ports.Select(port => (JsonNode)port)]) });
            else if (ports.Count == 0) Console.WriteLine("no serial port; --port takes emulators as tcp:host:port or exec:program");
            else foreach (string port in ports) Console.WriteLine(port);
            return 0;
        }));
        return command;
    }
}
