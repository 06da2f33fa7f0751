// SPDX-License-Identifier: MIT
// The bytes an ELF firmware wants in flash: its loadable segments at their load addresses (System V ABI, "Program Header").
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Wamr.Nano.Tool.Devices;
using Wamr.Nano.Xip.Elf;

namespace Wamr.Nano.Tool.Flash;

/// <param name="Machine">The ELF number of the processor.</param>
/// <param name="Address">Of the first byte.</param>
/// <param name="Bytes">Gaps are 0xFF.</param>
internal sealed record FirmwareImage(ushort Machine, uint Address, byte[] Bytes)
{
    /// <summary>ELF numbers of the processors, by the compilers' names.</summary>
    internal static ushort MachineOf(string compiler) => compiler switch
    {
        _ when compiler.StartsWith("arm", StringComparison.Ordinal) => ElfFile.Arm,
        _ when compiler.StartsWith("riscv", StringComparison.Ordinal) => ElfFile.RiscV,
        _ when compiler.StartsWith("xtensa", StringComparison.Ordinal) => ElfFile.Xtensa,
        _ => 0,
    };

    /// <exception cref="DeviceException">It is no 32-bit firmware.</exception>
    internal static FirmwareImage Read(byte[] elf, string name)
    {
        ElfFile? file = ElfFile.IsElf(elf) ? new(elf, name) : null;
        if (file is not { Is64: false })
            throw new DeviceException(DeviceError.NotFlashable, $"{name} is not firmware for a 32-bit processor");
        try
        {
            List<ElfSegment> segments = [.. file.Segments().Where(segment => segment.Size != 0).OrderBy(segment => segment.LoadAddress)];
            if (segments.Count == 0) throw new DeviceException(DeviceError.NotFlashable, $"{name} has nothing to load");
            uint start = (uint)segments[0].LoadAddress, end = segments.Max(segment => (uint)segment.LoadAddress + (uint)segment.Size);
            byte[] bytes = new byte[end - start];
            bytes.AsSpan().Fill(0xFF);
            foreach ((ulong offset, ulong address, ulong size) in segments)
                elf.AsSpan((int)offset, (int)size).CopyTo(bytes.AsSpan((int)((uint)address - start)));
            return new(file.Machine, start, bytes);
        }
        catch (Exception e) when (e is ArgumentException or OverflowException or OutOfMemoryException)
        {
            throw new DeviceException(DeviceError.NotFlashable, $"{name} is a damaged ELF file");
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Bytes.Length:N0} B at 0x{Address:x8}");
}
