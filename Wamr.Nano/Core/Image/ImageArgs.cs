// SPDX-License-Identifier: MIT
// What the embedder says when an image is loaded: which machine this is, where the code can be run, how signatures are checked.
namespace Wamr.Nano.Core.Image;

/// <summary>Arguments of loading an image.</summary>
internal unsafe struct ImageArgs
{
    /// <summary>This machine: an image for another one is refused.</summary>
    internal ImageTarget Target;

    /// <summary>
    /// Where the processor fetches the image's code, if not where the image is read: an ESP32 sees its flash at one address for data and at
    /// another for instructions. Null: in place. Bytecode is read where the image is.
    /// </summary>
    internal byte* Code;

    /// <summary>Checks digest and signature: <see cref="ImageSeal.Check"/>. Without it an image that carries one is refused.</summary>
    internal delegate*<ImageHeader*, ImageArgs*, WasmError> Seal;

    /// <summary>
    /// With <see cref="Seal"/>: accepts or refuses the signature (context, digest, signature, its size) that an image carries, or, with a
    /// size of 0, its absence. Null: signatures are not asked for.
    /// </summary>
    internal delegate*<void*, byte*, byte*, uint, bool> Verify;
    internal void* VerifyContext;
}
