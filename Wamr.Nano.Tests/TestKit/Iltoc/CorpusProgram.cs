// SPDX-License-Identifier: MIT
// The corpus as C: translated once, with a driver that reads calls from a file and compares results to the bit (any NaN equals any other).
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using Wamr.Nano.IlToC;

namespace Wamr.Nano.Tests.TestKit.Iltoc;

/// <summary>A folder with corpus.c, corpus.h, driver.c and calls.bin, made once for all tests of a class.</summary>
public sealed class CorpusProgram : IDisposable
{
    internal static string Assembly => Path.Combine(AppContext.BaseDirectory, "Iltoc.Corpus.dll");

    public CorpusProgram()
    {
        Folder = Directory.CreateTempSubdirectory("iltoc-").FullName;
        var result = Translation.Run(new TranslationOptions(Assembly) { Roots = [.. CorpusFunctions.Roots], Exports = false });
        File.WriteAllText(Path.Combine(Folder, "corpus.c"), result.Source);
        File.WriteAllText(Path.Combine(Folder, "corpus.h"), result.Header("CORPUS_H"));
        File.WriteAllText(Path.Combine(Folder, "driver.c"), Driver());
        WriteCalls(Path.Combine(Folder, "calls.bin"));
        CCompiler.Compile("gcc", Folder, "-std=gnu11 -O0 -c driver.c -o driver.o");
    }

    internal string Folder { get; }

    public void Dispose() => Directory.Delete(Folder, true);

    /// <summary>Builds with the given compiler and runs all calls; the output lists the first mismatches.</summary>
    internal (int Code, string Output) Run(string compiler, string flags)
    {
        string name = "t" + Math.Abs((compiler + flags).GetHashCode(StringComparison.Ordinal));
        CCompiler.Compile(compiler, Folder, $"{CCompiler.Flags} {flags} corpus.c driver.o -lm -o {name}");
        return CCompiler.Run(Path.Combine(Folder, name), "calls.bin", Folder);
    }

    private static void WriteCalls(string path)
    {
        using var file = new BinaryWriter(File.Create(path));
        foreach (var call in CorpusFunctions.Calls())
        {
            file.Write((ulong)call.Function);
            for (int i = 0; i < 3; i++) file.Write(i < call.Arguments.Length ? call.Arguments[i] : 0);
            file.Write(call.Result);
        }
    }

    private static string Driver()
    {
        var text = new StringBuilder("""
            #include <stdio.h>
            #include <string.h>
            #include "corpus.h"
            static float f32(uint64_t v) { uint32_t b = (uint32_t)v; float f; memcpy(&f, &b, 4); return f; }
            static double f64(uint64_t v) { double d; memcpy(&d, &v, 8); return d; }
            static uint64_t b32(float f) { uint32_t b; memcpy(&b, &f, 4); return f != f ? 0x7FC00000u : b; }
            static uint64_t b64(double d) { uint64_t b; memcpy(&b, &d, 8); return d != d ? 0x7FF8000000000000u : b; }
            static const char *const names[] = {

            """);
        foreach (var m in CorpusFunctions.All) text.Append($"\"{CName(m)}\",\n");
        text.Append("};\nstatic uint64_t call(uint64_t f, const uint64_t *a)\n{\n    switch (f) {\n");
        for (int f = 0; f < CorpusFunctions.All.Count; f++) text.Append($"    case {f}: return {Call(CorpusFunctions.All[f])};\n");
        return text.Append("""
                }
                return 0;
            }
            static uint64_t canonical(uint64_t f, uint64_t v)
            {
                switch (f) {

            """).Append(Canonical()).Append("""
                }
                return v;
            }
            int main(int argc, char **argv)
            {
                uint64_t r[5], calls = 0, wrong = 0;
                FILE *in = argc > 1 ? fopen(argv[1], "rb") : NULL;
                if (!in) return 2;
                while (fread(r, sizeof r, 1, in) == 1) {
                    uint64_t got = call(r[0], r + 1);
                    calls++;
                    if (got == canonical(r[0], r[4])) continue;
                    if (wrong++ < 20) printf("%s(%#llx, %#llx, %#llx) is %#llx, .NET says %#llx\n", names[r[0]], (unsigned long long)r[1],
                        (unsigned long long)r[2], (unsigned long long)r[3], (unsigned long long)got, (unsigned long long)r[4]);
                }
                printf("%llu calls, %llu wrong\n", (unsigned long long)calls, (unsigned long long)wrong);
                return calls == 0 || wrong != 0;
            }

            """).ToString();
    }

    private static string Canonical()
    {
        var text = new StringBuilder();
        for (int f = 0; f < CorpusFunctions.All.Count; f++)
            if (CorpusFunctions.All[f].ReturnType == typeof(float)) text.Append($"    case {f}: return b32(f32(v));\n");
            else if (CorpusFunctions.All[f].ReturnType == typeof(double)) text.Append($"    case {f}: return b64(f64(v));\n");
        return text.ToString();
    }

    private static string CName(MethodInfo m) => $"{m.DeclaringType!.Name}_{m.Name}";

    private static string Call(MethodInfo m)
    {
        var arguments = m.GetParameters().Select((p, i) => p.ParameterType == typeof(float) ? $"f32(a[{i}])"
            : p.ParameterType == typeof(double) ? $"f64(a[{i}])" : $"({CType(p.ParameterType)})a[{i}]");
        string call = $"{CName(m)}({string.Join(", ", arguments)})";
        return m.ReturnType == typeof(float) ? $"b32({call})"
            : m.ReturnType == typeof(double) ? $"b64({call})" : $"({Unsigned(m.ReturnType)}){call}";
    }

    private static readonly Dictionary<Type, string> CTypes = new()
    {
        [typeof(bool)] = "uint8_t", [typeof(sbyte)] = "int8_t", [typeof(byte)] = "uint8_t", [typeof(short)] = "int16_t",
        [typeof(ushort)] = "uint16_t",
        [typeof(char)] = "uint16_t", [typeof(int)] = "int32_t", [typeof(uint)] = "uint32_t", [typeof(long)] = "int64_t",
        [typeof(ulong)] = "uint64_t",
        [typeof(nint)] = "intptr_t", [typeof(nuint)] = "uintptr_t",
    };

    private static string CType(Type type) => CTypes[type];

    private static string Unsigned(Type type) => CTypes[type][0] == 'i' ? "u" + CTypes[type] : CTypes[type];
}
