// SPDX-License-Identifier: MIT
// Loading of execute-in-place images.
using System;
using System.IO;
using Wamr.Nano.Core.Engine;
using Wamr.Nano.Core.Engine.Interpreter;
using Wamr.Nano.Core.Image;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano;

public sealed unsafe partial class NanoRuntime
{
    /// <summary>Loads an image made by <c>wnano compile</c>. The file is mapped into memory, and its code runs there.</summary>
    /// <param name="path">The image file. It must not change until the module is disposed.</param>
    /// <param name="allowNative">
    /// Whether to accept native code. Native code can do whatever the process can do, so accept it only from someone you trust. Register
    /// code is always safe: the runtime checks that it cannot leave its sandbox.
    /// </param>
    /// <exception cref="WasmException">
    /// The file is not an image, is damaged, is for another machine, or contains native code that is not accepted (WN7001 to WN7017).
    /// Nothing is loaded.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <example>
    /// <code>
    /// // wnano compile app.wasm --target x86_64 -o app.xip
    /// using NanoModule image = runtime.LoadImage("app.xip");
    /// using NanoInstance instance = image.Instantiate();
    /// </code>
    /// </example>
    public NanoModule LoadImage(string path, bool allowNative = true) => Load(new MappedImage(path), allowNative);

    /// <summary>Loads an image from memory, like <see cref="LoadImage(string, bool)"/>. The image is copied to executable memory.</summary>
    /// <param name="image">The bytes of the image.</param>
    /// <param name="allowNative">Whether to accept native code, as for <see cref="LoadImage(string, bool)"/>.</param>
    public NanoModule LoadImage(ReadOnlySpan<byte> image, bool allowNative = true) => Load(MappedImage.Of(image), allowNative);

    /// <summary>Whether the bytes are the start of an image, and not of a WebAssembly binary. Does not check the image.</summary>
    /// <param name="bytes">The start of a file.</param>
    public static bool IsImage(ReadOnlySpan<byte> bytes) => bytes.Length >= 4 && BitConverter.ToUInt32(bytes) == ImageHeader.MagicNumber;

    private NanoModule Load(MappedImage image, bool allowNative)
    {
        try
        {
            if (image.Size >= ImageHeader.Bytes && (((ImageHeader*)image.Bytes)->Features & ImageHeader.GuardPages) != 0)
                GuardedMemories.Offer(Pointer);
            ImageArgs args = default;
            args.Target = MappedImage.Here;
            args.Seal = &ImageSeal.Check;
            Module* module;
            Check(allowNative
                ? Images.Load(Pointer, image.Bytes, image.Size, &args, &module)
                : BytecodeImages.Load(Pointer, image.Bytes, image.Size, &args, &module));
            NanoModule loaded = new(this, module, null, image);
            _modules.Add(loaded);
            return loaded;
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }
}
