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
    /// <summary>Loads an image made by <c>wnano compile</c>: the file is mapped read-execute, and its code runs where it lies.</summary>
    /// <param name="path">The file; must not change until the module is disposed.</param>
    /// <param name="allowNative">
    /// Whether native code is taken. Code can do what the process can, so allow it only for images of somebody you trust; register code is
    /// checked and cannot leave its sandbox, whoever made it.
    /// </param>
    /// <exception cref="WasmException">It is no image, damaged, for another machine, or not allowed; nothing is left behind.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <example>
    /// <code>
    /// // wnano compile app.wasm --target x86_64 -o app.xip
    /// using NanoModule image = runtime.LoadImage("app.xip");
    /// using NanoInstance instance = image.Instantiate();
    /// </code>
    /// </example>
    public NanoModule LoadImage(string path, bool allowNative = true) => Load(new MappedImage(path), allowNative);

    /// <summary>As <see cref="LoadImage(string, bool)"/>, of an image in memory, which is copied to executable memory.</summary>
    /// <param name="image">The image.</param>
    /// <param name="allowNative">As there.</param>
    public NanoModule LoadImage(ReadOnlySpan<byte> image, bool allowNative = true) => Load(MappedImage.Of(image), allowNative);

    /// <summary>Whether these bytes are an image rather than a binary, sound or not.</summary>
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
