// SPDX-License-Identifier: MIT
// Random valid modules of Binaryen's fuzzer, with the features this runtime has. They count their loops and calls themselves.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using Wamr.Nano.Tests.TestKit;

namespace Wamr.Nano.Tests.Slow.Differential;

/// <summary>From the npm package binaryen, fetched at the first use.</summary>
internal static class BinaryenModules
{
    private const string Version = "132.0.0";

    /// <summary>NaNs become 0 where a value comes from outside or out of arithmetic, so that no engine's differ from another's.</summary>
    private static readonly string[] Flags =
    [
        "--mvp-features", "--enable-mutable-globals", "--enable-sign-ext", "--enable-nontrapping-float-to-int", "--enable-bulk-memory",
        "--enable-bulk-memory-opt", "--enable-reference-types", "--enable-multivalue", "--enable-tail-call",
        "--enable-extended-const", "--denan",
    ];

    /// <summary>Modules a process makes: after some 1,260 the tool crashes, whatever their seeds are.</summary>
    private const int MostOfOne = 1000;

    /// <summary>Modules of consecutive seeds, as they are made.</summary>
    public static IEnumerable<(int Seed, byte[] Binary)> Of(int first, int count)
    {
        string tool = Path.Combine(PackageCache.Npm("binaryen", Version), "bin", "wasm-opt");
        for (int done = 0; done < count; done += MostOfOne)
        {
            int start = first + done, some = Math.Min(MostOfOne, count - done);
            using Fuzzer fuzzer = new(tool, start, some);
            for (int seed = start; seed < start + some; seed++)
            {
                if (fuzzer.Next() is not byte[] binary) throw new InvalidDataException($"seed {seed}: {fuzzer.Errors}");
                yield return (seed, binary);
            }
        }
    }

    /// <summary>The tool at work, from a seed on.</summary>
    private sealed class Fuzzer : IDisposable
    {
        private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("wnano-binaryen-");
        private readonly Process _node;
        private readonly Task<string> _errors;
        private readonly BinaryReader _output;

        internal Fuzzer(string tool, int first, int count)
        {
            string script = Path.Combine(AppContext.BaseDirectory, "Differential", "binaryen-fuzz.cjs");
            ProcessStartInfo start = new("node", [script, tool, _scratch.FullName, $"{first}", $"{count}",
                .. Flags]) { RedirectStandardError = true, RedirectStandardOutput = true };
            _node = Process.Start(start)!;
            _errors = _node.StandardError.ReadToEndAsync();
            _output = new(_node.StandardOutput.BaseStream);
        }

        internal string Errors => _errors.GetAwaiter().GetResult();

        /// <summary>The next module; null where the tool has ended.</summary>
        internal byte[]? Next()
        {
            byte[] size = _output.ReadBytes(4);
            return size.Length < 4 ? null : _output.ReadBytes((int)BitConverter.ToUInt32(size));
        }

        public void Dispose()
        {
            if (!_node.HasExited) _node.Kill();
            _node.WaitForExit();
            _node.Dispose();
            _output.Dispose();
            _scratch.Delete(recursive: true);
        }
    }
}
