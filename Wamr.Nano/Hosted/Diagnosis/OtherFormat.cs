// SPDX-License-Identifier: MIT
// Identifies a file that is not a module by its first bytes, and says how to make a module from it.
using System;

namespace Wamr.Nano;

internal static class OtherFormat
{
    /// <summary>Null if the first bytes say nothing.</summary>
    internal static RefusedFeature? Of(ReadOnlySpan<byte> file)
    {
        if (file.IsEmpty) return new("the file is empty", "see whether the compiler that should have made it has failed");
        if (file.StartsWith("\0xip"u8))
            return new("this is an image of a module, not a module",
                "load it with NanoRuntime.LoadImage, or give the module it was made from");
        if (file.StartsWith(new byte[] { 0x1F, 0x8B })) return new("this is a compressed file, not a module", "unpack it with gunzip");
        if (file.StartsWith("PK"u8)) return new("this is a ZIP archive, not a module", "unpack it");
        if (file.StartsWith("\u007FELF"u8) || file.StartsWith("MZ"u8))
            return new("this is a program of a processor, not a module",
                "build it for WebAssembly: clang --target=wasm32, rustc --target wasm32-unknown-unknown");
        if (file.StartsWith("!<arch>"u8)) return new("this is a library of object files, not a module", "link it with wasm-ld");
        if (file.StartsWith(new byte[] { 0x42, 0x43, 0xC0, 0xDE }))
            return new("this is bitcode of LLVM, not a module", "link it with wasm-ld, or compile without -emit-llvm and -flto");
        ReadOnlySpan<byte> text = file.TrimStart(" \t\r\n\uFEFF"u8);
        if (text.StartsWith("(module"u8) || text.StartsWith(";;"u8) || text.StartsWith("(;"u8) || text.StartsWith("(component"u8))
            return new("this is the text format, not a module", "'wat2wasm app.wat -o app.wasm' makes the binary of it");
        if (text.StartsWith("<"u8)) return new("this is a page of the web or XML, not a module", "see what was downloaded in its place");
        return null;
    }
}
