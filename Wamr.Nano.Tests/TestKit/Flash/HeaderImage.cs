// SPDX-License-Identifier: MIT
// Images that are no more than a header with its checksum: enough where only the target counts.
using System.Runtime.InteropServices;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Flash;

namespace Wamr.Nano.Tests.TestKit.Flash;

internal static class HeaderImage
{
    /// <summary>The target of images for a board.</summary>
    public static ImageTarget Target(string board) => ImageTargets.Of(new SourceTree(Repository.PathOf("")).Board(board));

    public static byte[] For(ImageTarget target, ImageKind kind = ImageKind.Native)
    {
        ImageHeader header = new()
        {
            Magic = ImageHeader.MagicNumber, Size = ImageHeader.Bytes, ImageVersion = ImageHeader.Version, Target = target, Kind = kind,
        };
        byte[] bytes = new byte[ImageHeader.Bytes];
        MemoryMarshal.Write(bytes, header);
        header.Crc = SlotBoard.CrcOf(bytes[(int)ImageHeader.BytesBeforeSize..]);
        MemoryMarshal.Write(bytes, header);
        return bytes;
    }
}
