// SPDX-License-Identifier: MIT
// The inputs of ../shared/cases as modules: .wat by wat2wasm, .c by clang.
using System.Collections.Generic;
using System.IO;
using Wamr.Nano.Tool.Build;

namespace Wamr.Nano.Tests.TestKit;

internal static class Cases
{
    /// <summary>Whether clang makes WebAssembly here.</summary>
    public static bool HasClang => ExternalProgram.Locate("clang") != null && ExternalProgram.Locate("wasm-ld") != null;

    /// <summary>Whether wabt is here.</summary>
    public static bool HasWabt => ExternalProgram.Locate("wat2wasm") != null;

    public static byte[] Wat(string name) =>
        Make(output => ExternalProgram.Run("wat2wasm", ["-o", output, Shared.PathOf("cases/" + name)]));

    public static byte[] C(string name, params IEnumerable<string> options) => Clang(Shared.PathOf("cases/" + name), options);

    /// <summary>A freestanding program from a source file; the options come last.</summary>
    public static byte[] Clang(string source, params IEnumerable<string> options) =>
        Make(output => ExternalProgram.Run("clang", ["--target=wasm32", "-nostdlib", "-Wl,--no-entry", "-o", output, source, .. options]));

    private static byte[] Make(System.Action<string> make)
    {
        string output = Path.GetTempFileName();
        try
        {
            make(output);
            return File.ReadAllBytes(output);
        }
        finally
        {
            File.Delete(output);
        }
    }
}
