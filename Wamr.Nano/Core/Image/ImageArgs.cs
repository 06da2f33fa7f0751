// SPDX-License-Identifier: MIT
// The embedder's settings for loading an image: which machine this is, where code can run, how signatures are checked.
namespace Wamr.Nano.Core.Image;

/// <summary>Arguments of loading an image.</summary>
internal unsafe struct ImageArgs
{
    /// <summary>This machine. An image for another machine is refused.</summary>
    internal ImageTarget Target;

    /// <summary>
    /// The address from which the processor executes the image, if it differs from where the image is read: an ESP32 maps its flash at one
    /// address for data and at another for instructions. Null: the same address. Bytecode is always read where the image is.
    /// </summary>
    internal byte* Code;

    /// <summary>Checks digest and signature: <see cref="ImageSeal.Check"/>. Without it, images that have a digest are refused.</summary>
    internal delegate*<ImageHeader*, ImageArgs*, WasmError> Seal;

    /// <summary>
    /// Used with <see cref="Seal"/>: accepts or refuses the signature of an image (context, digest, signature, its size). A size of 0 means
    /// that there is none. Null: signatures are not checked.
    /// </summary>
    internal delegate*<void*, byte*, byte*, uint, bool> Verify;
    internal void* VerifyContext;
}
