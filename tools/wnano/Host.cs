// SPDX-License-Identifier: MIT
// What the commands share: reading a module, making a runtime for it, and linking what apps import.
using System.CommandLine;
using System.IO;

namespace Wamr.Nano.Tool;

internal static class Host
{
    internal static Argument<FileInfo> ModuleArgument() => new("module") { Description = "The .wasm file, or an image of it (.xip)." };

    /// <summary>A runtime with all host modules there are, offered to every app.</summary>
    internal static NanoRuntime Create(NanoRuntimeOptions options)
    {
        NanoRuntime runtime = new(options);
        try
        {
            runtime.AddWasi();
            runtime.AddSensorModule();
            return runtime;
        }
        catch
        {
            runtime.Dispose();
            throw;
        }
    }

    /// <summary>Loads a binary, or an image for this machine.</summary>
    internal static NanoModule Load(NanoRuntime runtime, byte[] bytes) =>
        NanoRuntime.IsImage(bytes) ? runtime.LoadImage(bytes) : runtime.LoadModule(bytes);

    /// <exception cref="IOException">It is not there, or is no file.</exception>
    internal static byte[] Read(FileInfo file) => Directory.Exists(file.FullName) ? throw new IOException($"{file.Name} is a folder, not a file") : File.ReadAllBytes(file.FullName);

    internal static string NameOf(FileInfo file) => Path.GetFileNameWithoutExtension(file.Name);
}
