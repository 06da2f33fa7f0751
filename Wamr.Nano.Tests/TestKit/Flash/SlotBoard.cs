// SPDX-License-Identifier: MIT
// An app region in memory, for tests that need no power loss.
using System;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using Wamr.Nano.Tests.TestKit.Simulation;

namespace Wamr.Nano.Tests.TestKit.Flash;

internal sealed unsafe class SlotBoard : IDisposable
{
    private readonly byte* _memory;
    private readonly uint _regionBytes;
    private readonly FlashModel* _model;

    internal SlotBoard(FlashTable table)
    {
        uint[] numbers = table.Numbers;
        int words = numbers.Length;
        _regionBytes = table.RegionBytes;
        _memory =
            (byte*)NativeMemory.AllocZeroed((nuint)(sizeof(FlashModel) + 4 * words) + 2 * _regionBytes + 4 * (uint)table.Units.Length);
        _model = (FlashModel*)_memory;
        uint* copy = (uint*)(_model + 1);
        numbers.CopyTo(new Span<uint>(copy, words));
        _model->Device.WriteUnit = table.WriteUnit;
        _model->Device.RunCount = copy[1];
        _model->Device.Runs = (FlashRun*)(copy + 2);
        _model->Device.SlotCount = (uint)table.SlotUnits.Length;
        _model->Device.Slots = (FlashSlot*)(copy + 3 + 2 * copy[1]);
        _model->Now.Extents = copy + words;
        _model->Now.Bytes = (byte*)(_model->Now.Extents + table.Units.Length);
        _model->Now.Wear = _model->Now.Bytes + _regionBytes;
        new Span<byte>(_model->Now.Bytes, (int)_regionBytes).Fill(0xFF);
        FlashModel.Connect(_model);
    }

    internal FlashDevice* Device => &_model->Device;

    internal FlashModel* Model => _model;

    /// <summary>The bytes of the region.</summary>
    internal Span<byte> Flash => new(_model->Now.Bytes, (int)_regionBytes);

    public void Dispose() => NativeMemory.Free(_memory);

    internal WasmError Install(string name, byte[] image, bool start = true, int slot = AppSlots.None)
    {
        SlotWrite write;
        WasmError error = Begin(&write, name, (uint)image.Length, CrcOf(image), start, slot);
        fixed (byte* bytes = image)
            if (error == WasmError.None) error = AppSlotWriter.Write(&write, bytes, (uint)image.Length);
        return error == WasmError.None ? AppSlotWriter.Commit(&write) : error;
    }

    internal WasmError Begin(SlotWrite* write, string name, uint bytes, uint crc, bool start = true, int slot = AppSlots.None)
    {
        byte[] text = [.. Encoding.UTF8.GetBytes(name), 0];
        fixed (byte* letters = text)
        {
            InstallRequest request = new()
            {
                Name = letters, NameLength = (uint)text.Length - 1, ImageBytes = bytes, ImageCrc = crc, Start = start, Slot = slot,
            };
            return AppSlotWriter.Begin(write, Device, &request);
        }
    }

    internal WasmError Remove(string name) => Named(name, (letters, length) => AppSlots.Remove(Device, (byte*)letters, length));

    internal WasmError Activate(string name) => Named(name, (letters, length) => AppSlotWriter.Activate(Device, (byte*)letters, length));

    private static WasmError Named(string name, Func<nint, uint, WasmError> call)
    {
        fixed (byte* letters = Encoding.UTF8.GetBytes(name)) return call((nint)letters, (uint)name.Length);
    }

    /// <summary>Slot of an app's newest version.</summary>
    internal int Find(string name)
    {
        AppSlotEntry entry;
        fixed (byte* letters = Encoding.UTF8.GetBytes(name)) return AppSlots.Find(Device, letters, (uint)name.Length, &entry);
    }

    internal int Boot()
    {
        AppSlotEntry entry;
        return AppSlots.Boot(Device, &entry);
    }

    internal AppSlotState State(uint slot)
    {
        AppSlotEntry entry;
        return AppSlots.Inspect(Device, slot, &entry);
    }

    internal static uint CrcOf(byte[] bytes)
    {
        fixed (byte* p = bytes) return Crc32.Of(p, (uint)bytes.Length);
    }

    internal static byte[] Image(int seed, int size) => [.. Enumerable.Range(0, size).Select(i => (byte)(seed * 31 + i * 7))];
}
