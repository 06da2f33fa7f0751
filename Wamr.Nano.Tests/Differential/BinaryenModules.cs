// SPDX-License-Identifier: MIT
// Random valid modules of Binaryen's fuzzer, with the features this runtime has. They count their loops and calls themselves.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using Wamr.Nano.Tests.TestKit;

namespace Wamr.Nano.Tests.Differential;

/// <summary>From the npm package binaryen, fetched at the first use.</summary>
internal static class BinaryenModules
{
    private const string Version = "132.0.0";

    /// <summary>NaNs become 0 where a value comes from outside or out of arithmetic, so that none can be told from another.</summary>
    private static readonly string[] Flags =
    [
        "--mvp-features", "--enable-mutable-globals", "--enable-sign-ext", "--enable-nontrapping-float-to-int", "--enable-bulk-memory",
        "--enable-bulk-memory-opt", "--enable-reference-types", "--enable-multivalue", "--enable-tail-call", "--enable-extended-const", "--denan",
    ];

    /// <summary>Modules of consecutive seeds, as they are made.</summary>
    public static IEnumerable<(int Seed, byte[] Binary)> Of(int first, int count)
    {
        string tool = Path.Combine(PackageCache.Npm("binaryen", Version), "bin", "wasm-opt");
        string script = Path.Combine(AppContext.BaseDirectory, "Differential", "binaryen-fuzz.cjs");
        DirectoryInfo scratch = Directory.CreateTempSubdirectory("wnano-binaryen-");
        ProcessStartInfo start = new("node", [script, tool, scratch.FullName, $"{first}", $"{count}", .. Flags]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process node = Process.Start(start)!;
        try
        {
            Task<string> errors = node.StandardError.ReadToEndAsync();
            using BinaryReader output = new(node.StandardOutput.BaseStream);
            for (int n = 0; n < count; n++)
            {
                if (Next(output) is not byte[] binary) throw new InvalidDataException($"seed {first + n}: {errors.GetAwaiter().GetResult()}");
                yield return (first + n, binary);
            }
        }
        finally
        {
            if (!node.HasExited) node.Kill();
            node.WaitForExit();
            scratch.Delete(recursive: true);
        }
    }

    private static byte[]? Next(BinaryReader output)
    {
        byte[] size = output.ReadBytes(4);
        return size.Length < 4 ? null : output.ReadBytes((int)BitConverter.ToUInt32(size));
    }
}
