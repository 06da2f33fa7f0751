// SPDX-License-Identifier: MIT
// The contents of an image: its header, its parts and, for bytecode, the disassembly. Its declarations are those of the module it was made
// from.
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Tool.Fit;
using Wamr.Nano.Tool.Flash;
using Wamr.Nano.Tool.Printing;
using Wamr.Nano.Tool.Size;
using Wamr.Nano.Xip.Image;

namespace Wamr.Nano.Tool.Dump;

/// <param name="image">An image that is sound: <see cref="ImageSizes.Check"/>.</param>
internal sealed unsafe class ImageListing(byte[] image)
{
    private readonly ImageHeader _header = HeaderOf(image);

    internal bool IsBytecode => _header.Kind == ImageKind.Bytecode;

    /// <summary>A module with the image's declarations.</summary>
    internal byte[] Skeleton => ImageSkeleton.Of(image);

    /// <summary>The fields, as xip/FORMAT.md calls them.</summary>
    internal IEnumerable<string> Header()
    {
        yield return $"size: {Bytes.Text(_header.Size)} B, CRC-32 0x{_header.Crc:x8}";
        yield return $"versions: image {_header.ImageVersion}, ABI {_header.AbiVersion}, library "
            + $"{_header.LibraryVersion >> 24}.{_header.LibraryVersion >> 16 & 0xFF}.{_header.LibraryVersion >> 8 & 0xFF}";
        yield return $"kind: {(IsBytecode ? "bytecode" : "native")}, for {ImageTargets.Words(_header.Target)}";
        yield return $"alignment: {1u << _header.AlignmentLog2} B";
        yield return $"source hash: 0x{_header.SourceHash:x16}";
        if (!IsBytecode)
            yield return $"stack margin: {Bytes.Text(_header.StackMargin)} B, linear memory relied on: {Bytes.Text(_header.FixedBytes)} B";
        if (_header.DigestAt != 0) yield return $"digest at 0x{_header.DigestAt:x6}, signature of {Bytes.Text(_header.SignatureSize)} B";
    }

    internal IEnumerable<string> Parts()
    {
        yield return $"0x{0:x6} header: {ImageHeader.Bytes} B";
        yield return $"0x{_header.InfoAt:x6} module information: {Bytes.Text(_header.BytesAt - _header.InfoAt)} B";
        yield return $"0x{_header.BytesAt:x6} module's bytes: {Bytes.Text(_header.BytesSize)} B";
        yield return $"0x{_header.CodeAt:x6} code: {Bytes.Text(_header.CodeSize)} B";
    }

    /// <summary>What becomes of the memory.</summary>
    internal string? Memory() =>
        ImageFacts.Of(image).Memory is { MemoryBytes: not 0 } memory ? $"memory of an instance: {Bytes.Text(memory.MemoryBytes)} B" : null;

    /// <summary>Register code of a function of bytecode; offsets are units from its header.</summary>
    internal IEnumerable<Line> Registers(uint index)
    {
        fixed (byte* bytes = image)
        {
            ModuleInfo* info = (ModuleInfo*)(bytes + _header.InfoAt);
            Function* functions = (Function*)((byte*)info + info->FunctionsAt);
            uint[] starts =
                [.. Enumerable.Range(0, (int)info->FunctionCount).Select(i => functions[i].Code).Where(code => code != Module.NoIndex)];
            uint start = functions[index].Code, end = starts.Where(other => other > start).Append(_header.CodeSize / sizeof(ushort)).Min();
            ushort* code = (ushort*)(bytes + _header.CodeAt);
            return RegisterListing.Function(code + start, code + end);
        }
    }

    private static ImageHeader HeaderOf(byte[] image)
    {
        fixed (byte* bytes = image) return *(ImageHeader*)bytes;
    }
}
