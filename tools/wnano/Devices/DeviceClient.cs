// SPDX-License-Identifier: MIT
// The device's commands as methods (docs/CONSOLE.md, "Requests and answers").
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Wamr.Nano.Tool.Devices;

/// <summary>A device's description of itself.</summary>
internal sealed record DeviceInfo(string Board, int MaxContent, int Slots, int WriteUnit);

/// <summary>A slot of a device.</summary>
internal sealed record DeviceSlot(
    int Number, AppSlotState State, bool IsStarted, bool IsBootChoice, bool IsRunning, bool IsGivenUp, uint Sequence, uint ImageBytes,
    uint ImageCrc, uint Bytes, uint Offset,
    string Kind, string Name);

/// <summary>What a device does, and its pool in bytes.</summary>
internal sealed record DeviceStatus(
    bool IsRunning, int? Slot, WasmError Ended, int ExitCode, uint Pool, uint Used, uint HighWater, uint LargestFree, uint Runtime,
    uint Modules,
    uint Instances, uint ExecEnvs);

internal sealed class DeviceClient
{
    private const byte Version = 1, AnySlot = 0xFF, StartFlag = 1, BootFlag = 2, RunningFlag = 4, GivenUpFlag = 8;
    private const int DataHeader = 4;

    private readonly DeviceLink _link;

    /// <summary>Says hello.</summary>
    /// <exception cref="DeviceException">The device does not answer, or uses another version.</exception>
    internal DeviceClient(DeviceLink link)
    {
        _link = link;
        Reader answer = new(link.Request(ConsoleCommand.Hello, [Version]));
        byte version = answer.Byte();
        if (version != Version)
            throw new DeviceException(DeviceError.OtherVersion, $"the device speaks version {version} of the console, not {Version}");
        int content = answer.Byte(), slots = answer.Byte(), unit = answer.Byte();
        Info = new(answer.Text(), content, slots, unit);
    }

    internal DeviceInfo Info { get; }

    internal IReadOnlyList<DeviceSlot> Slots() => [.. Enumerable.Range(0, Info.Slots).Select(Slot)];

    /// <summary>Installs an image.</summary>
    /// <param name="name">The app.</param>
    /// <param name="image">The image.</param>
    /// <param name="start">Whether the device may start it at boot.</param>
    /// <param name="slot">Null for any.</param>
    /// <param name="progress">Gets the bytes sent so far.</param>
    /// <returns>The slot.</returns>
    internal int Install(string name, byte[] image, bool start, int? slot, Action<int> progress)
    {
        byte[] letters = Encoding.UTF8.GetBytes(name);
        if (letters.Length > AppSlotEntry.MaxName) throw new WasmException(WasmError.BadAppName, new ErrorInfo());
        byte[] begin = new byte[10 + letters.Length];
        BinaryPrimitives.WriteInt32LittleEndian(begin, image.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(begin.AsSpan(4), CrcOf(image));
        begin[8] = start ? StartFlag : (byte)0;
        begin[9] = slot is int wanted ? (byte)wanted : AnySlot;
        letters.CopyTo(begin, 10);
        _link.Request(ConsoleCommand.Begin, begin);
        int room = Info.MaxContent - DataHeader;
        for (int at = 0; at < image.Length; at += room)
        {
            byte[] data = new byte[DataHeader + Math.Min(room, image.Length - at)];
            BinaryPrimitives.WriteInt32LittleEndian(data, at);
            image.AsSpan(at, data.Length - DataHeader).CopyTo(data.AsSpan(DataHeader));
            _link.Request(ConsoleCommand.Data, data);
            progress(at + data.Length - DataHeader);
        }
        return new Reader(_link.Request(ConsoleCommand.Commit, [])).Byte();
    }

    internal void Remove(string name) => _link.Request(ConsoleCommand.Remove, Encoding.UTF8.GetBytes(name));

    internal void RemoveSlot(int slot) => _link.Request(ConsoleCommand.RemoveSlot, [(byte)slot]);

    internal void Activate(string name) => _link.Request(ConsoleCommand.Activate, Encoding.UTF8.GetBytes(name));

    /// <summary>Starts an app; without a name, the one that is started at boot.</summary>
    /// <returns>Its slot.</returns>
    internal int Run(string name) => new Reader(_link.Request(ConsoleCommand.Run, Encoding.UTF8.GetBytes(name))).Byte();

    internal void Stop() => _link.Request(ConsoleCommand.Stop, []);

    internal DeviceStatus Status()
    {
        Reader answer = new(_link.Request(ConsoleCommand.Status, []));
        bool running = answer.Byte() != 0;
        byte slot = answer.Byte();
        WasmError ended = (WasmError)(answer.Byte() | answer.Byte() << 8);
        return new(
            running, slot == AnySlot ? null : slot, ended, (int)answer.Word(), answer.Word(), answer.Word(), answer.Word(), answer.Word(),
            answer.Word(),
            answer.Word(), answer.Word(), answer.Word());
    }

    internal static unsafe uint CrcOf(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* p = bytes) return Crc32.Of(p, (uint)bytes.Length);
    }

    private DeviceSlot Slot(int number)
    {
        Reader answer = new(_link.Request(ConsoleCommand.Slot, [(byte)number]));
        AppSlotState state = (AppSlotState)answer.Byte();
        byte flags = answer.Byte();
        uint sequence = answer.Word(), imageBytes = answer.Word(), crc = answer.Word(), bytes = answer.Word(), offset = answer.Word();
        string kind = AppImage.Name(answer.Word());
        return new(
            number, state, (flags & StartFlag) != 0, (flags & BootFlag) != 0, (flags & RunningFlag) != 0, (flags & GivenUpFlag) != 0,
            sequence, imageBytes,
            crc, bytes, offset, kind, answer.Text());
    }

    /// <summary>Reads the parts of an answer. An answer that is too short is a separate error.</summary>
    private sealed class Reader(byte[] content)
    {
        private int _at;

        internal byte Byte() => Take(1)[0];

        internal uint Word() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

        internal string Text() => Encoding.UTF8.GetString(content, _at, content.Length - _at);

        private ReadOnlySpan<byte> Take(int size)
        {
            if (content.Length - _at < size) throw new DeviceException(DeviceError.BadAnswer, "the device's answer is too short");
            _at += size;
            return content.AsSpan(_at - size, size);
        }
    }
}
