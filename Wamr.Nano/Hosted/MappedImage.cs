// SPDX-License-Identifier: MIT
// An image in memory, as it would be in flash: readable, executable, never writable.
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
    /// <exception cref="WasmException">The file is empty, or larger than an image can be.</exception>
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

    /// <summary>The first byte, at the start of a page.</summary>
    internal byte* Bytes { get; }

    internal uint Size { get; }

    /// <summary>The machine of this process.</summary>
    internal static ImageTarget Here => new()
    {
        Machine = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? ImageMachine.X64 : ImageMachine.Any,
        Fpu = ImageFpu.Double,
        HardFloat = 1,
        LittleEndian = 1,
        PointerBytes = (byte)sizeof(nuint),
    };

    /// <summary>Writes an image to a temporary file, maps it, and lets the system delete the file.</summary>
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
            // A mapping keeps a deleted file alive. On systems where it does not, the file is not deleted.
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
