// SPDX-License-Identifier: MIT
// The bytes an ELF firmware wants in flash: its loadable segments at their load addresses (System V ABI, "Program Header").
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Wamr.Nano.Tool.Devices;

namespace Wamr.Nano.Tool.Flash;

/// <param name="Machine">The ELF number of the processor.</param>
/// <param name="Address">Of the first byte.</param>
/// <param name="Bytes">Gaps are 0xFF.</param>
internal sealed record FirmwareImage(ushort Machine, uint Address, byte[] Bytes)
{
    private const uint Magic = 0x464C457F, Loadable = 1;

    internal static bool IsElf(ReadOnlySpan<byte> bytes) => bytes.Length > 52 && BinaryPrimitives.ReadUInt32LittleEndian(bytes) == Magic;

    /// <summary>ELF numbers of the processors, by the compilers' names.</summary>
    internal static ushort MachineOf(string compiler) => compiler switch
    {
        _ when compiler.StartsWith("arm", StringComparison.Ordinal) => 40,
        _ when compiler.StartsWith("riscv", StringComparison.Ordinal) => 243,
        _ when compiler.StartsWith("xtensa", StringComparison.Ordinal) => 94,
        _ => 0,
    };

    /// <exception cref="DeviceException">It is no 32-bit firmware.</exception>
    internal static FirmwareImage Read(byte[] elf, string name)
    {
        const byte is32 = 1;
        if (!IsElf(elf) || elf[4] != is32) throw new DeviceException(DeviceError.NotFlashable, $"{name} is not firmware for a 32-bit processor");
        try
        {
            var segments = Segments(elf).Where(segment => segment.Size != 0).OrderBy(segment => segment.Address).ToList();
            if (segments.Count == 0) throw new DeviceException(DeviceError.NotFlashable, $"{name} has nothing to load");
            uint start = segments[0].Address, end = segments.Max(segment => segment.Address + segment.Size);
            byte[] bytes = new byte[end - start];
            bytes.AsSpan().Fill(0xFF);
            foreach (var (offset, address, size) in segments) elf.AsSpan((int)offset, (int)size).CopyTo(bytes.AsSpan((int)(address - start)));
            return new(BinaryPrimitives.ReadUInt16LittleEndian(elf.AsSpan(18)), start, bytes);
        }
        catch (Exception e) when (e is ArgumentException or OverflowException or OutOfMemoryException)
        {
            throw new DeviceException(DeviceError.NotFlashable, $"{name} is a damaged ELF file");
        }
    }

    private static IEnumerable<(uint Offset, uint Address, uint Size)> Segments(byte[] elf)
    {
        uint table = Word(elf, 28);
        int entry = BinaryPrimitives.ReadUInt16LittleEndian(elf.AsSpan(42)), count = BinaryPrimitives.ReadUInt16LittleEndian(elf.AsSpan(44));
        for (int i = 0; i < count; i++)
        {
            int at = (int)table + i * entry;
            if (Word(elf, at) == Loadable) yield return (Word(elf, at + 4), Word(elf, at + 12), Word(elf, at + 16));
        }
    }

    private static uint Word(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Bytes.Length:N0} B at 0x{Address:x8}");
}
