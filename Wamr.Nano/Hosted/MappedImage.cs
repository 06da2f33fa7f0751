// SPDX-License-Identifier: MIT
// An image in memory as flash would hold it: readable, executable, never writable.
using System;
using System.IO;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Wamr.Nano.Core;
using Wamr.Nano.Core.Image;

namespace Wamr.Nano;

/// <summary>A file mapped read-execute.</summary>
internal sealed unsafe class MappedImage : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    /// <summary>Maps a file that must not be written while it is mapped.</summary>
    /// <exception cref="WasmException">There is nothing in it, or more than an image can have.</exception>
    internal MappedImage(string path)
    {
        long size = new FileInfo(path).Length;
        if (size is 0 or > uint.MaxValue)
        {
            WasmError error = size == 0 ? WasmError.ImageTruncated : WasmError.BadImageMagic;
            throw new WasmException(error, NanoRuntime.NoDetails);
        }
        Size = (uint)size;
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.ReadExecute);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.ReadExecute);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        Bytes = start + _view.PointerOffset;
    }

    /// <summary>First byte, at the start of a page.</summary>
    internal byte* Bytes { get; }

    internal uint Size { get; }

    /// <summary>What images this process can run.</summary>
    internal static ImageTarget Here => new()
    {
        Machine = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? ImageMachine.X64 : ImageMachine.Any,
        Fpu = ImageFpu.Double,
        HardFloat = 1,
        LittleEndian = 1,
        PointerBytes = (byte)sizeof(nuint),
    };

    /// <summary>Writes an image to a file of its own, maps it, and leaves the file to the system to delete.</summary>
    internal static MappedImage Of(ReadOnlySpan<byte> bytes)
    {
        string path = Path.GetTempFileName();
        try
        {
            using (FileStream file = File.Create(path)) file.Write(bytes);
            return new(path);
        }
        finally
        {
            // A mapping keeps a file alive that has no name any more; where it does not, the name stays.
            try
            {
                File.Delete(path);
            }
            catch (IOException)
            {
            }
        }
    }

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
