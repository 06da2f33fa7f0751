// SPDX-License-Identifier: MIT
// The flash of an emulated board: a file that its emulator, or the host firmware, has for flash.
using System;
using System.Globalization;
using System.IO;
using Wamr.Nano.Tool.Devices;

namespace Wamr.Nano.Tool.Flash;

/// <param name="file">The file; it is made when it is not there.</param>
/// <param name="layout">What it is the file of.</param>
internal sealed class EmulatedFlash(string file, FlashLayout layout) : IFlashDriver
{
    /// <summary>For tests: bytes after which the cable is pulled.</summary>
    internal int PullAfter { get; init; } = int.MaxValue;

    public string Name => "emulated flash";

    public string Probe()
    {
        if (!File.Exists(file)) Create();
        long size = new FileInfo(file).Length;
        if (size == layout.Bytes) return file;
        throw new DeviceException(
            DeviceError.DamagedFlash,
            string.Create(CultureInfo.InvariantCulture, $"{file} has {size:N0} B, the board's flash {layout.Bytes:N0} B"));
    }

    public byte[] Read(uint offset, int size)
    {
        byte[] bytes = new byte[size];
        using FileStream stream = File.OpenRead(file);
        stream.Position = offset;
        stream.ReadExactly(bytes);
        return bytes;
    }

    public void Write(uint offset, byte[] bytes, Action<long> progress)
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        int written = 0;
        for (uint start = 0, run = 0; run < layout.Runs.Count; run++)
            for (uint i = 0, unit = layout.Runs[(int)run].UnitBytes; i < layout.Runs[(int)run].Count; i++, start += unit)
            {
                if (start + unit <= offset || start >= offset + bytes.Length) continue;
                Put(stream, start, Filled(unit));
                int size = Math.Min(bytes.Length - written, (int)unit);
                if (written + size > PullAfter)
                {
                    Put(stream, start, bytes.AsSpan(written, PullAfter - written));
                    throw new DeviceException(DeviceError.Interrupted,
                        string.Create(CultureInfo.InvariantCulture, $"writing stopped after {PullAfter:N0} of {bytes.Length:N0} B"));
                }
                Put(stream, start, bytes.AsSpan(written, size));
                written += size;
                progress(written);
            }
    }

    /// <summary>An emulator reads the file when it is started.</summary>
    public void Start()
    {
    }

    private static void Put(FileStream stream, uint offset, ReadOnlySpan<byte> bytes)
    {
        stream.Position = offset;
        stream.Write(bytes);
        stream.Flush();
    }

    private void Create()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        File.WriteAllBytes(file, Filled(layout.Bytes));
    }

    private static byte[] Filled(uint size)
    {
        byte[] bytes = new byte[size];
        bytes.AsSpan().Fill(0xFF);
        return bytes;
    }
}
