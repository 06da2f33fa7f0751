// SPDX-License-Identifier: MIT
// The header and the C side of exports, imports and callbacks.
using System;
using System.IO;
using Wamr.Nano.IlToC;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Iltoc;
using Xunit;

namespace Wamr.Nano.Tests.Iltoc;

public sealed class SurfaceTests : IDisposable
{
    private const string Caller = """
        #include <stdio.h>
        #include "surface.h"
        int32_t host_scale(int32_t value, double by) { return (int32_t)(value * by); }
        static int32_t add(void *data, int32_t value) { return value + *(int32_t *)data; }
        int main(void)
        {
            _Alignas(8) uint8_t memory[64];
            int32_t base = 100;
            if (session_size() > sizeof memory) return 1;
            struct Session *session = session_open(memory, add, &base);
            int first = session_run(session, -10, 0), second = session_run(session, 7, 1);
            printf("%d %d\n", (int)first, (int)second);
            return 0;
        }

        """;

    private readonly string folder = Directory.CreateTempSubdirectory("iltoc-").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    private TranslationResult Write()
    {
        var result = Translation.Run(new TranslationOptions(CorpusProgram.Assembly) { Roots = ["Corpus.Surface.Size", "Corpus.Surface.Open",
            "Corpus.Surface.Run"], Exports = false });
        File.WriteAllText(Path.Combine(folder, "surface.c"), result.Source);
        File.WriteAllText(Path.Combine(folder, "surface.h"), result.Header("SURFACE_H"));
        return result;
    }

    [Fact]
    public void C_code_calls_exports_and_supplies_imports_and_callbacks()
    {
        Write();
        File.WriteAllText(Path.Combine(folder, "caller.c"), Caller);
        CCompiler.Compile("gcc", folder, CCompiler.Flags + " -O2 -fsanitize=address,undefined caller.c surface.c -o caller");
        Assert.Equal((0, "86 -110\n"), CCompiler.Run(Path.Combine(folder, "caller"), "", folder));
    }

    [Fact]
    public void The_header_declares_exports_in_stdint_types_and_keeps_structs_opaque()
    {
        string header = Write().Header("SURFACE_H");
        Assert.Contains("uintptr_t session_size(void);", header, StringComparison.Ordinal);
        Assert.Contains("int32_t session_run(struct Session *session, int16_t value, uint8_t negate);", header, StringComparison.Ordinal);
        Assert.Contains("typedef int32_t (*fn_i32_voidp_i32)(void *, int32_t);", header, StringComparison.Ordinal);
        Assert.DoesNotContain("host_scale", header, StringComparison.Ordinal);
        Assert.DoesNotContain("Callback", header, StringComparison.Ordinal);
    }
}
