// SPDX-License-Identifier: MIT
// What each request does (docs/CONSOLE.md, "Requests and answers").
using Wamr.Nano.Core.Device.Flash;
using Wamr.Nano.Core.Memory;

namespace Wamr.Nano.Core.Device.Console;

internal static unsafe class ConsoleRequests
{
    private const byte Version = 1, AnySlot = 0xFF;
    private const byte StartFlag = 1, BootFlag = 2, RunningFlag = 4, GivenUpFlag = 8;
    private const uint MaxBoardName = 100;

    /// <summary>Executes a request. The content of the answer is valid only on success.</summary>
    internal static WasmError Execute(ConsoleServer* server, ConsoleCommand command, ConsoleContent* content) => command switch
    {
        ConsoleCommand.Hello => Hello(server, content),
        ConsoleCommand.Status => Status(server, content),
        ConsoleCommand.Stop => Stop(server, content),
        < ConsoleCommand.Hello or > ConsoleCommand.Status => WasmError.BadRequest,
        _ => server->Flash == null ? WasmError.NoSlots : WithSlots(server, command, content),
    };

    private static WasmError WithSlots(ConsoleServer* server, ConsoleCommand command, ConsoleContent* content) => command switch
    {
        ConsoleCommand.Slot => Slot(server, content),
        ConsoleCommand.Begin => Begin(server, content),
        ConsoleCommand.Data => Data(server, content),
        ConsoleCommand.Commit => Commit(server, content),
        ConsoleCommand.Remove => AppSlots.Remove(Settled(server), content->In, content->InBytes),
        ConsoleCommand.RemoveSlot => RemoveSlot(server, content),
        ConsoleCommand.Activate => AppSlotWriter.Activate(Settled(server), content->In, content->InBytes),
        _ => RunApp(server, content),
    };

    /// <summary>
    /// The flash for a command that may write to any slot. This drops an open install, which could otherwise continue writing to a slot
    /// that now belongs to another app.
    /// </summary>
    private static FlashDevice* Settled(ConsoleServer* server)
    {
        server->Install.Device = null;
        return server->Flash;
    }

    private static WasmError Hello(ConsoleServer* server, ConsoleContent* content)
    {
        byte version = ConsoleContent.Byte(content);
        if (IsOdd(content) || version != Version) return WasmError.BadRequest;
        ConsoleContent.AddByte(content, Version);
        ConsoleContent.AddByte(content, (byte)ConsoleFrame.MaxContent);
        ConsoleContent.AddByte(content, server->Flash == null ? (byte)0 : (byte)server->Flash->SlotCount);
        ConsoleContent.AddByte(content, server->Flash == null ? (byte)0 : (byte)server->Flash->WriteUnit);
        ConsoleContent.AddBytes(content, server->Board, server->BoardLength < MaxBoardName ? server->BoardLength : MaxBoardName);
        return WasmError.None;
    }

    private static WasmError Slot(ConsoleServer* server, ConsoleContent* content)
    {
        FlashDevice* flash = server->Flash;
        uint slot = ConsoleContent.Byte(content);
        if (IsOdd(content)) return WasmError.BadRequest;
        if (slot >= flash->SlotCount) return WasmError.NoSuchSlot;
        AppSlotEntry entry, boot;
        AppSlotState state = AppSlots.Inspect(flash, slot, &entry);
        if (state is AppSlotState.Empty or AppSlotState.BadEntry) entry = default;
        byte flags = (entry.Flags & AppSlotEntry.StartFlag) != 0 ? StartFlag : (byte)0;
        if (AppSlots.Boot(flash, &boot) == (int)slot) flags |= BootFlag;
        if ((flash->Busy >> (int)slot & 1) != 0) flags |= RunningFlag;
        if (AppSlots.IsGivenUp(flash, &entry)) flags |= GivenUpFlag;
        ConsoleContent.AddByte(content, (byte)state);
        ConsoleContent.AddByte(content, flags);
        ConsoleContent.AddWord(content, entry.Sequence);
        ConsoleContent.AddWord(content, entry.ImageBytes);
        ConsoleContent.AddWord(content, entry.ImageCrc);
        ConsoleContent.AddWord(content, flash->Slots[slot].Bytes);
        ConsoleContent.AddWord(content, flash->Slots[slot].Offset);
        ConsoleContent.AddWord(content, FirstWord(flash, slot, state));
        ConsoleContent.AddBytes(content, entry.Name, entry.NameLength);
        return WasmError.None;
    }

    private static uint FirstWord(FlashDevice* flash, uint slot, AppSlotState state)
    {
        uint word = 0;
        bool there = state == AppSlotState.Ready
            && flash->Read(flash->Context, flash->Slots[slot].Offset + AppSlotEntry.Bytes, (byte*)&word, sizeof(uint)) != 0;
        return there ? word : 0;
    }

    private static WasmError Begin(ConsoleServer* server, ConsoleContent* content)
    {
        InstallRequest request = default;
        request.ImageBytes = ConsoleContent.Word(content);
        request.ImageCrc = ConsoleContent.Word(content);
        request.Start = (ConsoleContent.Byte(content) & StartFlag) != 0;
        byte slot = ConsoleContent.Byte(content);
        if (content->Short) return WasmError.BadRequest;
        request.Slot = slot == AnySlot ? AppSlots.None : slot;
        request.Name = content->In;
        request.NameLength = content->InBytes;
        WasmError error = AppSlotWriter.Begin(&server->Install, server->Flash, &request);
        ConsoleContent.AddByte(content, (byte)server->Install.Slot);
        return error;
    }

    private static WasmError Data(ConsoleServer* server, ConsoleContent* content)
    {
        SlotWrite* install = &server->Install;
        uint offset = ConsoleContent.Word(content);
        if (content->Short) return WasmError.BadRequest;
        if (offset != install->Entry.ImageBytes - install->Left) install->Device = null;
        WasmError error = offset != install->Entry.ImageBytes - install->Left
            ? WasmError.ImageSizeMismatch
            : AppSlotWriter.Write(install, content->In, content->InBytes);
        ConsoleContent.AddWord(content, install->Entry.ImageBytes - install->Left);
        return error;
    }

    private static WasmError Commit(ConsoleServer* server, ConsoleContent* content)
    {
        if (content->InBytes != 0) return WasmError.BadRequest;
        ConsoleContent.AddByte(content, (byte)server->Install.Slot);
        return AppSlotWriter.Commit(&server->Install);
    }

    private static WasmError RemoveSlot(ConsoleServer* server, ConsoleContent* content)
    {
        uint slot = ConsoleContent.Byte(content);
        return IsOdd(content) ? WasmError.BadRequest : AppSlots.RemoveSlot(Settled(server), slot);
    }

    private static WasmError RunApp(ConsoleServer* server, ConsoleContent* content)
    {
        AppSlotEntry entry;
        int slot = content->InBytes == 0
            ? AppSlots.Boot(server->Flash, &entry)
            : AppSlots.Find(server->Flash, content->In, content->InBytes, &entry);
        if (slot == AppSlots.None) return WasmError.NoSuchApp;
        AppServer.Ask(&server->App, slot);
        ConsoleContent.AddByte(content, (byte)slot);
        return WasmError.None;
    }

    private static WasmError Stop(ConsoleServer* server, ConsoleContent* content)
    {
        if (content->InBytes != 0) return WasmError.BadRequest;
        AppServer.Ask(&server->App, AppSlots.None);
        return WasmError.None;
    }

    private static WasmError Status(ConsoleServer* server, ConsoleContent* content)
    {
        if (content->InBytes != 0) return WasmError.BadRequest;
        AppState* app = &server->App;
        ConsoleContent.AddByte(content, app->Runs ? (byte)1 : (byte)0);
        ConsoleContent.AddByte(content, app->HasRun ? (byte)app->Slot : AnySlot);
        ConsoleContent.AddByte(content, (byte)app->Ended);
        ConsoleContent.AddByte(content, (byte)((uint)app->Ended >> 8));
        ConsoleContent.AddWord(content, app->ExitCode);
        MemoryStatistics s;
        Allocator.Statistics(server->Pool, &s);
        ConsoleContent.AddWord(content, s.Total);
        ConsoleContent.AddWord(content, s.Used);
        ConsoleContent.AddWord(content, s.HighWater);
        ConsoleContent.AddWord(content, s.LargestFree);
        ConsoleContent.AddWord(content, s.Runtime.Used);
        ConsoleContent.AddWord(content, s.Module.Used);
        ConsoleContent.AddWord(content, s.Instance.Used);
        ConsoleContent.AddWord(content, s.ExecEnv.Used);
        return WasmError.None;
    }

    /// <summary>Whether the content is too short or too long.</summary>
    private static bool IsOdd(ConsoleContent* content) => content->Short || content->InBytes != 0;
}
