// SPDX-License-Identifier: MIT
// A native image of a module for a board, as the tool makes one to measure or to show it.
using System.IO;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Flash;
using Wamr.Nano.Xip;

namespace Wamr.Nano.Tool.Build;

internal static class BoardImage
{
    /// <summary>Compiles a module with the compiler's own options, among what was made for the board.</summary>
    /// <returns>The image's file; null if nothing can be compiled for the board.</returns>
    internal static string? Of(SourceTree tree, BoardInfo board, string module)
    {
        if (ImageTargets.CompiledFor(board) is not string target) return null;
        string image = Path.Combine(tree.Artifacts, board.Name, Path.GetFileNameWithoutExtension(module) + ".xip");
        File.WriteAllBytes(image, ImageCompiler.Compile(File.ReadAllBytes(module), new() { Target = target }));
        return image;
    }
}
