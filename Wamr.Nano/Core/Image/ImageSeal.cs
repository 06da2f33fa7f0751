// SPDX-License-Identifier: MIT
// Digest and signature of an image: who made it is the embedder's question, whether it is what was signed is answered here.
using Wamr.Nano.Core.Platform;

namespace Wamr.Nano.Core.Image;

internal static unsafe class ImageSeal
{
    /// <summary>Checks the digest where there is one, and asks about the signature where the embedder wants to be asked.</summary>
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
