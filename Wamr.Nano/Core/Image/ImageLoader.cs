// SPDX-License-Identifier: MIT
// Opens an image in place (see xip/FORMAT.md). It copies and patches nothing, and nothing runs before everything is checked.
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.RegisterCode;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Image;

internal static unsafe class ImageLoader
{
    /// <summary>Checks whether an image may be opened: it is complete, unchanged, signed if required, and made for this machine.</summary>
    /// <param name="bytes">The image. It is never written, may lie in flash, and must outlive the module.</param>
    /// <param name="size">The number of available bytes; the image may be smaller.</param>
    /// <param name="kind">The expected kind of image.</param>
    /// <param name="features">Accepted features.</param>
    /// <param name="args">Describes this machine.</param>
    /// <returns>A 7xxx code.</returns>
    internal static WasmError Accept(byte* bytes, uint size, ImageKind kind, Features features, ImageArgs* args)
    {
        ImageHeader* image = (ImageHeader*)bytes;
        WasmError error = Identify(bytes, size);
        if (error == WasmError.None) error = Accepts(image, kind, features, &args->Target);
        return error == WasmError.None ? Seal(image, args) : error;
    }

    /// <summary>Fills in the module of an accepted image, still to be checked.</summary>
    internal static void Describe(ImageHeader* image, ImageArgs* args, Module* module)
    {
        byte* bytes = (byte*)image;
        module->Info = (ModuleInfo*)(bytes + image->InfoAt);
        module->Bytes = bytes + image->BytesAt;
        module->Size = image->BytesSize;
        module->Code = (ushort*)(image->Kind == ImageKind.Native && args->Code != null ? args->Code : bytes + image->CodeAt);
        module->CodeSize = image->CodeSize;
        module->Profiled = (image->Features & ImageHeader.Profiled) != 0 ? LoadRules.ProfiledFunctions : (byte)0;
    }

    /// <summary>Checks whether these bytes are a complete and unchanged image.</summary>
    internal static WasmError Identify(byte* bytes, uint size)
    {
        ImageHeader* image = (ImageHeader*)bytes;
        if (((nuint)bytes & 7) != 0) return WasmError.MisalignedImage;
        if (size < ImageHeader.Bytes) return WasmError.ImageTruncated;
        if (image->Magic != ImageHeader.MagicNumber) return WasmError.BadImageMagic;
        if (image->ImageVersion != ImageHeader.Version) return WasmError.UnknownImageVersion;
        if (image->Size < ImageHeader.Bytes || image->Size > size) return WasmError.ImageTruncated;
        uint crc = Crc32.Of(bytes + ImageHeader.BytesBeforeSize, image->Size - ImageHeader.BytesBeforeSize);
        return crc == image->Crc ? WasmError.None : WasmError.ImageChecksumMismatch;
    }

    /// <summary>Without a function to check digests, the runtime refuses images that have one, and cannot require one.</summary>
    private static WasmError Seal(ImageHeader* image, ImageArgs* args)
    {
        if (args->Seal != null) return args->Seal(image, args);
        return (image->DigestAt | image->SignatureSize) == 0 && args->Verify == null ? WasmError.None : WasmError.ImageFeatureMissing;
    }

    /// <summary>Checks whether it is for this machine and this runtime, and suitably aligned.</summary>
    private static WasmError Accepts(ImageHeader* image, ImageKind kind, Features features, ImageTarget* here)
    {
        ImageTarget* wanted = &image->Target;
        if (image->Kind != kind) return WasmError.WrongImageKind;
        if (wanted->LittleEndian != 1) return WasmError.WrongByteOrder;
        if (wanted->PointerBytes != sizeof(nuint)) return WasmError.WrongPointerSize;
        uint version = NativeAbi.Version;
        if (kind == ImageKind.Bytecode) version = RegCode.Version;
        else if (Fits(wanted, here) is WasmError error and not WasmError.None) return error;
        if (image->AbiVersion != version) return WasmError.WrongAbi;
        if (image->AlignmentLog2 > 12 || ((nuint)image & ((1u << image->AlignmentLog2) - 1)) != 0) return WasmError.MisalignedImage;
        return (image->Features & ~(features | ImageHeader.Profiled)) == 0 ? WasmError.None : WasmError.ImageFeatureMissing;
    }

    /// <summary>Whether native code for one machine runs on another.</summary>
    internal static WasmError Fits(ImageTarget* wanted, ImageTarget* here)
    {
        if (wanted->Machine != here->Machine || wanted->Level > here->Level) return WasmError.WrongTarget;
        if (wanted->Fpu > here->Fpu) return WasmError.WrongFpu;
        return wanted->HardFloat == here->HardFloat ? WasmError.None : WasmError.WrongAbi;
    }
}
