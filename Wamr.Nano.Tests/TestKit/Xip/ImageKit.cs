// SPDX-License-Identifier: MIT
// Makes images for tests, and makes their checksum right again after a change.
using System;
using System.Runtime.InteropServices;
using Wamr.Nano.Xip;
using Xunit;

namespace Wamr.Nano.Tests.TestKit.Xip;

internal static unsafe class ImageKit
{
    public delegate void Inspection(Module* module);

    /// <summary>Bytecode for this machine.</summary>
    public static byte[] Bytecode(ReadOnlySpan<byte> binary, bool wholePages = false) =>
        ImageCompiler.CompileBytecode(binary, new() { WholePages = wholePages }, (byte)sizeof(nuint));

    /// <summary>The image with a checksum that fits.</summary>
    public static byte[] Seal(byte[] image)
    {
        ref ImageHeader header = ref Header(image);
        fixed (byte* p = image) header.Crc = Crc32.Of(p + ImageHeader.BytesBeforeSize, (uint)image.Length - ImageHeader.BytesBeforeSize);
        return image;
    }

    public static ref ImageHeader Header(byte[] image) => ref MemoryMarshal.AsRef<ImageHeader>(image.AsSpan());

    /// <summary>Loads an image of either kind into a pool of its own, lets <paramref name="inspect"/> look at it, and unloads.</summary>
    public static WasmError Load(byte[] image, Inspection? inspect = null, Features features = Features.All)
    {
        using Pool pool = new(64 * 1024);
        Runtimes.Init(pool.Runtime, null, features);
        byte* bytes = (byte*)NativeMemory.AlignedAlloc((nuint)Math.Max(image.Length, 8), 64);
        image.CopyTo(new Span<byte>(bytes, image.Length));
        try
        {
            ImageArgs args = new() { Target = MappedImage.Here };
            Module* module;
            WasmError error = Images.Load(pool.Runtime, bytes, (uint)image.Length, &args, &module);
            if (error == WasmError.None)
            {
                inspect?.Invoke(module);
                Assert.Equal(WasmError.None, Modules.Unload(module));
            }
            pool.AssertNothingLeaked();
            return error;
        }
        finally
        {
            Runtimes.Destroy(pool.Runtime);
            NativeMemory.AlignedFree(bytes);
        }
    }
}
