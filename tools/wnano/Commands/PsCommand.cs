// SPDX-License-Identifier: MIT
// wnano ps: the apps in a device's slots, and which one runs.
using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Text.Json.Nodes;
using Spectre.Console;
using Wamr.Nano.Tool.Devices;
using Wamr.Nano.Tool.Printing;
using Wamr.Nano.Tool.Usage;

namespace Wamr.Nano.Tool.Commands;

internal static class PsCommand
{
    internal static Command Create()
    {
        Option<bool> json = Output.JsonOption();
        WnanoCommand command = new(
            "ps", "List the apps in a device's slots.",
            ("wnano ps --port /dev/ttyACM0", "the apps of a device"),
            ("wnano ps --board mps2-an386", "the apps of an emulated board"))
        { json };
        DeviceOptions device = new();
        device.AddTo(command);
        command.SetAction(parsed => Program.Guard(() => device.With(parsed, client =>
        {
            IReadOnlyList<DeviceSlot> slots = client.Slots();
            DeviceStatus status = client.Status();
            if (parsed.GetValue(json)) Output.Json(Json(client.Info, slots, status));
            else Print(client.Info, slots, status);
            return 0;
        })));
        return command;
    }

    private static void Print(DeviceInfo info, IReadOnlyList<DeviceSlot> slots, DeviceStatus status)
    {
        Table table = Output.Table("app", "slot", "version", "bytes", "of");
        table.AddColumn("kind").AddColumn("state");
        foreach (DeviceSlot slot in slots)
            table.AddRow(
                slot.Name.Length == 0 ? "-" : Output.Cell(slot.Name), Bytes.Text((ulong)slot.Number),
                slot.Sequence == 0 ? "-" : Bytes.Text(slot.Sequence),
                Bytes.Text(slot.ImageBytes), Bytes.Text(slot.Bytes), slot.Kind, State(slot));
        Output.Print(table);
        string last = status.IsRunning ? $"slot {status.Slot} runs"
            : status.Slot is int slot2 ? $"slot {slot2} has ended: {End(status)}"
            : "nothing has run yet";
        Console.WriteLine($"board {info.Board}: {last}; pool {Bytes.Text(status.Pool)} B, {Bytes.Text(status.Used)} B in use");
    }

    private static string State(DeviceSlot slot) => slot.State switch
    {
        AppSlotState.Empty => "empty",
        AppSlotState.BadEntry => "damaged entry: free",
        AppSlotState.BadImage => "damaged image: free",
        _ => (slot.IsRunning ? "running, " : "")
            + (slot.IsBootChoice ? "starts at boot" : slot.IsGivenUp ? "given up: reset the device at each start" : "ready"),
    };

    internal static string End(DeviceStatus status) => status.Ended switch
    {
        WasmError.None => "without an error",
        WasmError.ProcExit => $"exit code {status.ExitCode}",
        _ => ErrorTexts.Message(status.Ended, NanoRuntime.NoDetails, Reader.Tool),
    };

    private static JsonObject Json(DeviceInfo info, IReadOnlyList<DeviceSlot> slots, DeviceStatus status) => new()
    {
        ["board"] = info.Board,
        ["running"] = status.IsRunning,
        ["slots"] = new JsonArray([.. slots.Select(slot => (JsonNode)new JsonObject
        {
            ["slot"] = slot.Number,
            ["state"] = slot.State.ToString(),
            ["app"] = slot.Name,
            ["version"] = slot.Sequence,
            ["bytes"] = slot.ImageBytes,
            ["crc"] = slot.ImageCrc,
            ["slotBytes"] = slot.Bytes,
            ["kind"] = slot.Kind,
            ["boot"] = slot.IsBootChoice,
            ["running"] = slot.IsRunning,
            ["givenUp"] = slot.IsGivenUp,
        })]),
    };
}
