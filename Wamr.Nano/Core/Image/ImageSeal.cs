// SPDX-License-Identifier: MIT
// Digest and signature of an image. This checks that the image is what was signed; the embedder decides whether to trust the signature.
using Wamr.Nano.Core.Platform;

namespace Wamr.Nano.Core.Image;

internal static unsafe class ImageSeal
{
    /// <summary>Checks the digest if there is one, and calls the embedder's check of the signature if there is one.</summary>
    internal static WasmError Check(ImageHeader* image, ImageArgs* args)
    {
        byte* bytes = (byte*)image;
        uint at = image->DigestAt, signature = image->SignatureSize;
        if (at == 0)
        {
            if (signature != 0) return WasmError.BadImageTable;
            return args->Verify == null || args->Verify(args->VerifyContext, null, null, 0) ? WasmError.None
                : WasmError.ImageSignatureRefused;
        }
        uint left = image->Size - ImageHeader.DigestBytes;
        if (at < ImageHeader.Bytes || at > left || left - at != signature) return WasmError.BadImageTable;
        byte* digest = stackalloc byte[(int)ImageHeader.DigestBytes];
        Sha256.Of(bytes + ImageHeader.BytesBeforeSize, at - ImageHeader.BytesBeforeSize, digest);
        if (!Raw.Equal(digest, bytes + at, ImageHeader.DigestBytes)) return WasmError.ImageDigestMismatch;
        byte* signed = bytes + at + ImageHeader.DigestBytes;
        return args->Verify == null || args->Verify(args->VerifyContext, digest, signed, signature) ? WasmError.None
            : WasmError.ImageSignatureRefused;
    }
}
