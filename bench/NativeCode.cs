// SPDX-License-Identifier: MIT
// The kernels as native code: compiled by gcc when the program runs, into a library of this process.
using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;

namespace Wamr.Nano.Bench;

internal static unsafe class NativeCode
{
    /// <summary>The kernel's run function; null if there is no gcc. No interposition: calls are as direct as in a program.</summary>
    internal static Func<int, int>? Prepare(Kernel kernel)
    {
        string library = Path.Combine(Path.GetTempPath(), $"wamr-nano-bench-{Environment.ProcessId}-{kernel.Name}.so");
        string[] arguments =
            ["-O3", "-fwrapv", "-shared", "-fPIC", "-fno-semantic-interposition", "-Wl,-Bsymbolic", "-o", library, kernel.Source];
        try
        {
            using Process gcc = Process.Start("gcc", arguments);
            gcc.WaitForExit();
            if (gcc.ExitCode != 0) return null;
        }
        catch (Win32Exception)
        {
            return null;
        }
        nint handle = NativeLibrary.Load(library);
        File.Delete(library);
        delegate* unmanaged<int, int> run = (delegate* unmanaged<int, int>)NativeLibrary.GetExport(handle, "run");
        return n => run(n);
    }
}
