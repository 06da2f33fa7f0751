// SPDX-License-Identifier: MIT
// Adds a digest and a signature to an image, or checks them (xip/FORMAT.md, "Digest and signature").
using System;
using System.Buffers.Binary;
using System.Security.Cryptography;
using Wamr.Nano.Xip.Image;

namespace Wamr.Nano.Tool.Signing;

internal static unsafe class SignedImage
{
    /// <summary>The image with a signature; one that it had is replaced.</summary>
    /// <param name="image">An image that 'wnano compile' wrote.</param>
    /// <param name="version">Version of the app, which the signature covers. Devices do not compare versions yet.</param>
    /// <param name="sign">Signs a message.</param>
    internal static byte[] Sign(byte[] image, uint version, Func<byte[], byte[]> sign)
    {
        byte[] body = Unsigned(image);
        int digestAt = (body.Length + 3) & ~3;
        byte[] signed = new byte[digestAt + ImageHeader.DigestBytes + ImageSignature.Bytes];
        body.CopyTo(signed, 0);
        fixed (byte* bytes = signed)
        {
            ImageHeader* header = (ImageHeader*)bytes;
            header->Size = (uint)signed.Length;
            header->DigestAt = (uint)digestAt;
            header->SignatureSize = ImageSignature.Bytes;
        }
        SHA256.HashData(signed.AsSpan((int)ImageHeader.BytesBeforeSize..digestAt)).CopyTo(signed, digestAt);
        int versionAt = digestAt + (int)ImageHeader.DigestBytes;
        BinaryPrimitives.WriteUInt32LittleEndian(signed.AsSpan(versionAt), version);
        byte[] message = new byte[ImageSignature.MessageBytes];
        fixed (byte* bytes = signed, to = message) ImageSignature.Message(to, bytes + versionAt, bytes + digestAt);
        sign(message).CopyTo(signed, versionAt + (int)ImageSignature.VersionBytes);
        return ImageWriter.Seal(signed);
    }

    /// <summary>The version of a signed image; null if it has no signature, or another key made the signature.</summary>
    internal static uint? Verify(byte[] image, byte[] key)
    {
        Demand(image);
        fixed (byte* bytes = image, owner = key)
        {
            ImageArgs args = new() { Verify = &ImageSignature.Verify, VerifyContext = owner };
            ImageHeader* header = (ImageHeader*)bytes;
            return ImageSeal.Check(header, &args) == WasmError.None ? ImageSignature.VersionOf(header) : null;
        }
    }

    /// <summary>The image without digest and signature.</summary>
    private static byte[] Unsigned(byte[] image)
    {
        Demand(image);
        byte[] body = [.. image];
        fixed (byte* bytes = body)
        {
            ImageHeader* header = (ImageHeader*)bytes;
            if (header->DigestAt == 0) return body;
            Array.Resize(ref body, (int)header->DigestAt);
        }
        fixed (byte* bytes = body)
        {
            ImageHeader* header = (ImageHeader*)bytes;
            header->Size = header->DigestAt;
            header->DigestAt = header->SignatureSize = 0;
        }
        return ImageWriter.Seal(body);
    }

    private static void Demand(byte[] image)
    {
        WasmError error;
        fixed (byte* bytes = image) error = ImageLoader.Identify(bytes, (uint)image.Length);
        if (error == WasmError.BadImageMagic) throw new UsageException("only images are signed: 'wnano compile' makes one of a .wasm file");
        if (error != WasmError.None) throw new WasmException(error, default);
    }
}
