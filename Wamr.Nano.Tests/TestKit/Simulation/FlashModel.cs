// SPDX-License-Identifier: MIT
// Flash that loses power at a chosen step, as badly as flash can (docs/SLOTS.md, "What flash promises"). In the C# of the core, so that
// the same model tests the core hosted and as translated C.

namespace Wamr.Nano.Tests.TestKit.Simulation;

/// <summary>What is known of a byte beside its value.</summary>
internal static class Wear
{
    /// <summary>Erased by an erase that was not cut off.</summary>
    internal const byte Clean = 0;

    /// <summary>Programmed, or of unknown state; it must be erased before it is programmed.</summary>
    internal const byte Spent = 1;

    /// <summary>Cannot be read.</summary>
    internal const byte Unreadable = 2;
}

/// <summary>The contents of a region: bytes and their wear, and how far each erase unit is not plainly erased.</summary>
internal unsafe struct FlashContents
{
    internal byte* Bytes;
    internal byte* Wear;

    /// <summary>Bytes from the start of each erase unit; behind them all are 0xFF and clean.</summary>
    internal uint* Extents;
}

internal unsafe struct FlashModel
{
    internal FlashDevice Device;
    internal FlashContents Now;

    /// <summary>Steps so far; an erase is one, a write unit is one.</summary>
    internal uint Steps;

    /// <summary>Step that is cut off, from 1; 0 for none.</summary>
    internal uint CutAt;

    /// <summary>How it is cut off.</summary>
    internal uint Way;

    /// <summary>Not 0: power is off, nothing works.</summary>
    internal byte Dead;

    /// <summary>Not 0: write protection is on; what is erased or programmed stays what it was, without a word.</summary>
    internal byte Locked;

    /// <summary>Not 0: something was asked for that flash cannot do.</summary>
    internal byte Violated;
    internal uint Random;
    internal uint Erases;
    internal uint Programs;

    /// <summary>Ways below this number differ; higher ones mean: bits of the first byte that are still old.</summary>
    internal const uint Ways = 8;

    internal static void Connect(FlashModel* model)
    {
        model->Device.Context = model;
        model->Device.Erase = &Erase;
        model->Device.Program = &Program;
        model->Device.Read = &Read;
    }

    private static byte Read(void* context, uint offset, byte* bytes, uint size)
    {
        FlashModel* model = (FlashModel*)context;
        if (model->Dead != 0) return 0;
        for (uint i = 0; i < size; i++)
        {
            if (model->Now.Wear[offset + i] == Wear.Unreadable) return 0;
            bytes[i] = model->Now.Bytes[offset + i];
        }
        return 1;
    }

    private static byte Erase(void* context, uint offset, uint size)
    {
        FlashModel* model = (FlashModel*)context;
        if (model->Dead != 0) return 0;
        uint unit = UnitAt(&model->Device, offset, out uint start, out uint unitBytes);
        if (start != offset || unitBytes != size) model->Violated = 1;
        if (model->Locked != 0) return 1;
        model->Erases++;
        uint* extent = &model->Now.Extents[unit];
        if (++model->Steps == model->CutAt)
        {
            TearErase(model, offset, size, extent);
            model->Dead = 1;
            return 0;
        }
        Raw.Fill(model->Now.Bytes + offset, 0xFF, *extent);
        Raw.Fill(model->Now.Wear + offset, Wear.Clean, *extent);
        *extent = 0;
        return 1;
    }

    private static byte Program(void* context, uint offset, byte* bytes, uint size)
    {
        FlashModel* model = (FlashModel*)context;
        uint width = model->Device.WriteUnit;
        if (offset % width != 0 || size % width != 0) model->Violated = 1;
        if (model->Locked != 0) return 1;
        for (uint at = 0; at < size; at += width)
        {
            if (model->Dead != 0) return 0;
            uint unit = UnitAt(&model->Device, offset + at, out uint start, out _);
            if (model->Now.Extents[unit] < offset + at + width - start) model->Now.Extents[unit] = offset + at + width - start;
            bool torn = ++model->Steps == model->CutAt;
            for (uint i = 0; i < width; i++) ProgramByte(model, offset + at + i, bytes[at + i], torn, i, width);
            model->Programs++;
            if (torn) model->Dead = 1;
        }
        return model->Dead == 0 ? (byte)1 : (byte)0;
    }

    private static void ProgramByte(FlashModel* model, uint at, byte value, bool torn, uint index, uint width)
    {
        if (model->Now.Wear[at] != Wear.Clean) model->Violated = 1;
        model->Now.Wear[at] = Wear.Spent;
        byte old = model->Now.Bytes[at], kept = torn ? KeptBits(model, index, width) : (byte)0;
        model->Now.Bytes[at] = (byte)(old & (value | kept));
        if (torn && model->Way == Ways - 1) model->Now.Wear[at] = Wear.Unreadable;
    }

    /// <summary>Bits of a byte of a torn write unit that have not been programmed.</summary>
    private static byte KeptBits(FlashModel* model, uint index, uint width)
    {
        if (model->Way >= Ways) return (byte)(index == 0 ? model->Way - Ways : 0);
        return model->Way switch
        {
            0 => 0xFF,
            1 => 0,
            2 => (byte)Next(model),
            3 => (byte)(index == model->CutAt % width ? 1 << (int)(model->CutAt & 7) : 0),
            4 => (byte)(index >= (width + 1) / 2 ? 0xFF : 0),
            5 => (byte)(index < width / 2 ? 0xFF : 0),
            6 => (byte)~(1 << (int)(Next(model) & 7)),
            _ => (byte)Next(model),
        };
    }

    /// <summary>An erase that was cut off: anything, and nothing of it may be relied on.</summary>
    private static void TearErase(FlashModel* model, uint offset, uint size, uint* extent)
    {
        const uint touched = 256;
        if (*extent < touched) *extent = size < touched ? size : touched;
        for (uint i = 0; i < *extent; i++)
        {
            byte* b = &model->Now.Bytes[offset + i];
            byte garbage = (byte)Next(model);
            *b = model->Way switch
            {
                0 => *b,
                1 => 0xFF,
                2 => garbage,
                3 => (byte)(*b | garbage),
                4 => i < *extent / 2 ? (byte)0xFF : *b,
                5 => i < AppSlotEntry.Bytes ? *b : (byte)(*b | garbage),
                6 => i < AppSlotEntry.Bytes ? (byte)(*b | garbage) : *b,
                _ => *b,
            };
            model->Now.Wear[offset + i] = model->Way == Ways - 1 ? Wear.Unreadable : Wear.Spent;
        }
    }

    /// <summary>Number, start and size of the erase unit an offset lies in, found one by one: not by the code that is tested.</summary>
    private static uint UnitAt(FlashDevice* device, uint offset, out uint start, out uint bytes)
    {
        uint unit = 0;
        start = 0;
        bytes = 0;
        for (uint r = 0; r < device->RunCount; r++)
            for (uint i = 0; i < device->Runs[r].Count; i++, unit++)
            {
                bytes = device->Runs[r].UnitBytes;
                if (offset - start < bytes) return unit;
                start += bytes;
            }
        return unit;
    }

    private static uint Next(FlashModel* model) => (model->Random = model->Random * 1664525 + 1013904223) >> 13;
}
