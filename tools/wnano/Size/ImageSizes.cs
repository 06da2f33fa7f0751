// SPDX-License-Identifier: MIT
// Sizes of an execute-in-place image (xip/FORMAT.md): its parts and functions in flash, and its linear memory.
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Tool.Fit;
using Wamr.Nano.Tool.Printing;
using Wamr.Nano.Xip.Elf;
using Wamr.Nano.Xip.Image;

namespace Wamr.Nano.Tool.Size;

internal static unsafe class ImageSizes
{
    /// <param name="name">Name of the image.</param>
    /// <param name="image">Its bytes.</param>
    /// <param name="flashTotal">Bytes of flash for it, and of the pool; 0 unknown.</param>
    /// <exception cref="WasmException">It is damaged.</exception>
    internal static SizeReport Of(string name, byte[] image, ulong flashTotal, ulong poolTotal)
    {
        Check(image);
        using Estimation estimation = new(new() { Module = ImageSkeleton.Of(image) }, 0);
        SizeNode ram = new("linear memory");
        foreach ((string inside, uint bytes) in ImageFacts.Of(image).Memory.MemoryParts()) ram.Add(bytes, inside);
        return new(name, "image", [new("flash", flashTotal, Flash(image, estimation.Module)), new("linear memory", poolTotal, ram)])
        {
            Symbols = FunctionText.Symbols(estimation.Module),
        };
    }

    /// <summary>As the loader begins, but for any processor: what has the right checksum came from the compiler.</summary>
    /// <exception cref="WasmException">It is damaged.</exception>
    internal static void Check(byte[] image)
    {
        WasmError error = WasmError.None;
        fixed (byte* bytes = image)
        {
            ImageHeader* h = (ImageHeader*)bytes;
            if ((uint)image.Length < ImageHeader.Bytes || h->Size > image.Length || h->Size < ImageHeader.Bytes)
                error = WasmError.ImageTruncated;
            else if (h->ImageVersion != ImageHeader.Version) error = WasmError.UnknownImageVersion;
            else if (Crc32.Of(bytes + ImageHeader.BytesBeforeSize, h->Size - ImageHeader.BytesBeforeSize) != h->Crc)
                error = WasmError.ImageChecksumMismatch;
            else if (!InOrder(ImageHeader.Bytes, h->InfoAt, h->BytesAt, (ulong)h->BytesAt + h->BytesSize, h->CodeAt,
                (ulong)h->CodeAt + h->CodeSize, h->Size))
                error = WasmError.BadImageTable;
        }
        if (error != WasmError.None) throw new WasmException(error, NanoRuntime.NoDetails);
    }

    private static bool InOrder(params ulong[] places) => places.Zip(places.Skip(1)).All(pair => pair.First <= pair.Second);

    private static SizeNode Flash(byte[] image, NanoModule skeleton)
    {
        SizeNode flash = new("flash");
        fixed (byte* bytes = image)
        {
            ImageHeader* header = (ImageHeader*)bytes;
            uint end = header->DigestAt == 0 ? header->Size : header->DigestAt;
            flash.Add(ImageHeader.Bytes, "header");
            flash.Add(header->BytesAt - header->InfoAt, "module information");
            foreach (ModuleSection section in Sections.Of(image[(int)header->BytesAt..(int)(header->BytesAt + header->BytesSize)]))
                flash.Add(section.Bytes, "module's bytes", section.Title);
            foreach ((string function, uint size) in Functions(header, skeleton)) flash.Add(size, "code", function);
            ulong between = end - header->CodeAt - header->CodeSize + (header->CodeAt - header->BytesAt - header->BytesSize)
                + (header->InfoAt - ImageHeader.Bytes);
            if (between != 0) flash.Add(between, "between the parts");
            if (header->DigestAt != 0) flash.Add(header->Size - header->DigestAt, "digest and signature");
        }
        return flash;
    }

    /// <summary>
    /// The code from each known start to the next. Native code begins with tables, and only functions that can be called from outside are
    /// known.
    /// </summary>
    private static List<(string Name, uint Bytes)> Functions(ImageHeader* header, NanoModule skeleton)
    {
        ModuleInfo* info = (ModuleInfo*)((byte*)header + header->InfoAt);
        Function* functions = (Function*)((byte*)info + info->FunctionsAt);
        bool native = header->Kind == ImageKind.Native;
        SortedDictionary<uint, string> starts = new() { [0] = native ? "tables, functions called from within" : "start" };
        for (uint i = 0; i < info->FunctionCount; i++)
        {
            uint at = native ? (uint)CodeAddress.Of(functions[i].Code, header->Target.Machine) : functions[i].Code * 2;
            if (functions[i].Code != Module.NoIndex && at < header->CodeSize) starts[at] = FunctionText.Label(skeleton, i);
        }
        KeyValuePair<uint, string>[] sorted = [.. starts];
        return [.. sorted.Select((start, n) => (start.Value, (n + 1 < sorted.Length ? sorted[n + 1].Key : header->CodeSize) - start.Key))];
    }
}
