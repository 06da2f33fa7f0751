// SPDX-License-Identifier: MIT
// What the embedder says when an image is loaded: which machine this is, where the code can be run, how signatures are checked.
namespace Wamr.Nano.Core;

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

    /// <summary>Computes a SHA-256 (<see cref="Sha256.Of"/>); without it an image that carries a digest is refused.</summary>
    internal delegate*<byte*, uint, byte*, void> Digest;

    /// <summary>
    /// Accepts or refuses the signature (context, digest, signature, its size) that an image carries, or, with a size of 0, its absence.
    /// Null: signatures are not asked for.
    /// </summary>
    internal delegate*<void*, byte*, byte*, uint, bool> Verify;
    internal void* VerifyContext;
}
