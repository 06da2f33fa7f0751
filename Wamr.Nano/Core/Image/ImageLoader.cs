// SPDX-License-Identifier: MIT
// Opens an image where it lies (see xip/FORMAT.md): nothing is copied, nothing is patched, nothing runs before everything was checked.
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.RegisterCode;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Image;

internal static unsafe class ImageLoader
{
    /// <summary>Whether an image may be opened: whole, unchanged, sealed as is asked for, made for this machine.</summary>
    /// <param name="bytes">The image: never written, may lie in flash, must outlive the module.</param>
    /// <param name="size">Bytes there are; the image may be smaller.</param>
    /// <param name="kind">What is expected.</param>
    /// <param name="features">Accepted features.</param>
    /// <param name="args">Which machine this is.</param>
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

    /// <summary>Whether these bytes are an image, whole and unchanged.</summary>
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

    /// <summary>Who was given nothing to check a seal with takes none, and cannot ask for one.</summary>
    private static WasmError Seal(ImageHeader* image, ImageArgs* args)
    {
        if (args->Seal != null) return args->Seal(image, args);
        return (image->DigestAt | image->SignatureSize) == 0 && args->Verify == null ? WasmError.None : WasmError.ImageFeatureMissing;
    }

    /// <summary>Whether it is for this machine, this runtime, and where it lies.</summary>
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
