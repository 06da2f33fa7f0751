// SPDX-License-Identifier: MIT
// The sources of the firmware that are shipped with this program, for where no clone is at hand: copied to the user's folder, as builds
// write beside their sources.
using System;
using System.IO;
using Wamr.Nano.Tool.Build;

namespace Wamr.Nano.Tool.Boards;

internal static class PackedSources
{
    private static string Packed => Path.Combine(AppContext.BaseDirectory, "firmware");

    /// <summary>A folder with the sources, made where it does not exist yet; null if the program comes without them.</summary>
    internal static string? Unpack() => Directory.Exists(Packed) ? Unpack(Packed, Store()) : null;

    /// <summary>
    /// Copies the sources into a folder of the store that is named after their contents: two versions of the program do not meet.
    /// </summary>
    internal static string Unpack(string packed, string store)
    {
        string[] files = Directory.GetFiles(packed, "*", SearchOption.AllDirectories);
        string folder = Path.Combine(store, "firmware-" + Stage.Key([], files)[..16]);
        if (Directory.Exists(folder)) return folder;
        string unfinished = $"{folder}.{Environment.ProcessId}";
        foreach (string file in files)
        {
            string copy = Path.Combine(unfinished, Path.GetRelativePath(packed, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
        try
        {
            // All at once, so that no other process finds half of it.
            Directory.Move(unfinished, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            Directory.Delete(unfinished, recursive: true);
        }
        return folder;
    }

    private static string Store()
    {
        string user = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        return Path.Combine(user.Length == 0 ? Path.GetTempPath() : user, "wnano");
    }
}
