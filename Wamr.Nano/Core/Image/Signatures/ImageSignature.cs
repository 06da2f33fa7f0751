// SPDX-License-Identifier: MIT
// The Ed25519 signature behind the digest of an image, with the version of the app. See xip/FORMAT.md.
using System;
using Wamr.Nano.Core.Platform;

namespace Wamr.Nano.Core.Image.Signatures;

/// <summary>
/// What follows the digest: the version, then the 64 bytes of the signature of <see cref="ImageSignature.Purpose"/>, version and digest.
/// </summary>
internal static unsafe class ImageSignature
{
    internal const uint VersionBytes = 4, Bytes = VersionBytes + Ed25519.SignatureBytes;

    private const uint PurposeBytes = 16;

    /// <summary>First bytes of the signed message, so that a signature made for another purpose does not fit an image.</summary>
    private static ReadOnlySpan<byte> Purpose => "Wamr.Nano image\n"u8;

    /// <summary>Length of the signed message in bytes.</summary>
    internal const uint MessageBytes = PurposeBytes + VersionBytes + ImageHeader.DigestBytes;

    /// <summary>
    /// For <see cref="ImageArgs.Verify"/>: the context is the owner's public key. An image without a signature is refused.
    /// </summary>
    internal static bool Verify(void* key, byte* digest, byte* signature, uint size)
    {
        if (size != Bytes) return false;
        byte* message = stackalloc byte[(int)MessageBytes];
        Message(message, signature, digest);
        return Ed25519.Verify((byte*)key, message, MessageBytes, signature + VersionBytes);
    }

    /// <summary>Writes the signed message, <see cref="MessageBytes"/> bytes, from the version and the digest in the image.</summary>
    internal static void Message(byte* message, byte* version, byte* digest)
    {
        fixed (byte* purpose = Purpose) Raw.Copy(message, purpose, PurposeBytes);
        Raw.Copy(message + PurposeBytes, version, VersionBytes);
        Raw.Copy(message + PurposeBytes + VersionBytes, digest, ImageHeader.DigestBytes);
    }

    /// <summary>The version of the app in a signed image; 0 in one without a signature.</summary>
    internal static uint VersionOf(ImageHeader* image) =>
        image->SignatureSize == Bytes ? Raw.Load32((byte*)image + image->DigestAt + ImageHeader.DigestBytes) : 0;
}
